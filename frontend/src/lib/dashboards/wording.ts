import { formatDay } from "../format";
import type { Column, Value } from "./types";

/** The heading of a column: its title, with the unit where the title does not say it. */
export function columnHeading({ title, unit }: Pick<Column, "title" | "unit">): string {
  const said = unit === "" || unit === "%" || unit === "pp" || title.toLowerCase().includes(unit.toLowerCase());
  return said ? title : `${title}, ${unit}`;
}

/** Whether a column is the change of a measure, which gets an arrow. */
export function isChange(name: string): boolean {
  return name.endsWith("~change");
}

/** The fact or measure behind a column: of a change, what was there before and a line it is the measure. */
export function numberOf(name: string): string {
  const cut = name.indexOf("~");
  return cut < 0 ? name : name.slice(0, cut);
}

/** Numbers go to the end side, where their digits stand under one another. */
export function alignOf({ type }: Pick<Column, "type">): "start" | "end" {
  return type === "text" || type === "flag" || type === "line" ? "start" : "end";
}

/** A value as it is read in a cell: days in the form used everywhere. */
export function cellValue(value: Value, column: Pick<Column, "type">, locale: string, now: string): Value {
  const isDay = column.type === "text" && /^\d{4}-\d{2}-\d{2}$/.test(value.text);
  return isDay ? { ...value, text: formatDay(value.text, locale, now) } : value;
}

/** "28 Oct – 24 Nov", or one day. */
export function daysText(from: string, to: string, locale: string, now: string): string {
  if (from === "" || to === "") return "";
  if (from === to) return formatDay(from, locale, now);
  return `${formatDay(from, locale, now)} – ${formatDay(to, locale, now)}`;
}

/** Values with something to tell them apart: those of two currencies may read the same. */
export function numberedValues(values: readonly Value[]): { id: string; value: Value }[] {
  return values.map((value, index) => ({ id: `${index} ${value.currency}`, value }));
}
