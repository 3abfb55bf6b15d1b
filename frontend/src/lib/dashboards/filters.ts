/** Comparisons in words, by the type of a column. */
import type { Column, ColumnType, Filter } from "./types";

export type Op = "is" | "is_not" | "has" | "lt" | "le" | "gt" | "ge" | "known" | "unknown";

const words: Record<Op, string> = {
  is: "is",
  is_not: "is not",
  has: "contains",
  lt: "less than",
  le: "at most",
  gt: "more than",
  ge: "at least",
  known: "is known",
  unknown: "is not known",
};

const ofText: readonly Op[] = ["has", "is", "is_not", "known", "unknown"];
const ofFlags: readonly Op[] = ["is", "known", "unknown"];
const ofNumbers: readonly Op[] = ["lt", "le", "gt", "ge", "is", "is_not", "known", "unknown"];

/** The comparisons that a column of this type can be filtered by. */
export function opsOf(type: ColumnType): readonly Op[] {
  if (type === "text") return ofText;
  return type === "flag" ? ofFlags : ofNumbers;
}

export function opWord(op: string): string {
  return words[op as Op] ?? op;
}

/** "known" and "unknown" compare with nothing. */
export function needsValue(op: string): boolean {
  return op !== "known" && op !== "unknown";
}

/** A number as a person types it, "1.234,5" or "1,234.5", as the decimal that Go reads; null if it is none. */
export function decimalOf(text: string): string | null {
  const bare = text
    .trim()
    .replace(/[\s'\u2019]/g, "")
    .replace("−", "-");
  const separators = bare.match(/[.,]/g) ?? [];
  const last = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
  const repeated = separators.length > 1 && new Set(separators).size === 1;
  const whole = last < 0 || repeated ? bare.replace(/[.,]/g, "") : bare.slice(0, last).replace(/[.,]/g, "");
  const decimal = last < 0 || repeated ? whole : `${whole}.${bare.slice(last + 1)}`;
  return /^-?\d+(\.\d+)?$/.test(decimal) ? decimal : null;
}

/** The filter in words: "Cover less than 14 days". */
export function filterText(filter: Filter, columns: readonly Column[]): string {
  const column = columns.find((candidate) => candidate.name === filter.column);
  const title = column?.title ?? filter.column;
  if (!needsValue(filter.op)) return `${title} ${opWord(filter.op)}`;
  if (column?.type === "flag") return `${title}: ${filter.value === "true" ? "yes" : "no"}`;
  const unit = column && column.unit !== "" && column.type !== "text" ? ` ${column.unit}` : "";
  return `${title} ${opWord(filter.op)} ${filter.value}${unit}`;
}
