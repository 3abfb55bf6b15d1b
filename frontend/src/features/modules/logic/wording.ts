import { formatDay } from "@/lib/format";
import type { FactCell, FactColumn, FactRow } from "../api/types";

/** The heading of a fact's column: its title, with the unit where the title does not say it. */
export function columnHeading(column: FactColumn): string {
  const { title, unit } = column;
  const said = unit === "" || unit === "%" || title.toLowerCase().includes(unit.toLowerCase());
  return said ? title : `${title}, ${unit}`;
}

/** A value with its unit: "19.0 days". Percentages and money carry theirs already. */
export function withUnit(text: string, column: FactColumn): string {
  if (column.unit === "" || text.endsWith("%") || text === "" || column.type === "money") return text;
  return column.unit === "%" ? `${text} %` : `${text} ${column.unit}`;
}

/** Kinds of document by the name a person knows; a kind nobody knows keeps its own. */
export function sourceTitles(sources: readonly string[], kinds: readonly { kind: string; title: string }[]): string[] {
  return [...new Set(sources.map((source) => kinds.find((k) => k.kind === source)?.title ?? source))];
}

/** Which kinds of report a module's facts rest on. */
export function sourcesOf(columns: readonly FactColumn[]): string[] {
  return [...new Set(columns.flatMap((c) => c.sources))];
}

/** A cell as people read it: a true minus sign, and days in the form used everywhere. */
export function shownCell(cell: FactCell, column: FactColumn, locale: string, now: string): FactCell {
  const isDay = column.type === "text" && /^\d{4}-\d{2}-\d{2}$/.test(cell.text);
  return { ...cell, text: isDay ? formatDay(cell.text, locale, now) : cell.text.replace(/^-(?=\d|\D\d)/, "−") };
}

/**
 * The two texts that name a subject. A subject whose id is a technical name ("late_shipment_rate") is called by the
 * name that follows the marketplace in its detail.
 */
export function subjectTexts(row: Pick<FactRow, "label" | "detail">): { label: string; detail: string } {
  const [place = "", ...rest] = row.detail.split(" · ");
  const name = rest.join(" · ");
  if (name === "" || !/^[a-z0-9]+(_[a-z0-9]+)+$/.test(row.label)) return { label: row.label, detail: row.detail };
  return { label: name, detail: place };
}
