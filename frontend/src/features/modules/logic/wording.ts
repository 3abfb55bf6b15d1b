import type { FactColumn } from "../api/types";

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
