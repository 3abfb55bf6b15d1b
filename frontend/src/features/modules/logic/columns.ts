import type { FactCell, FactColumn, FactRow } from "../api/types";

/** How many facts a table shows until the person chooses others. */
export const FIRST_COLUMNS = 8;

/** A column together with where its cells stand in every row. */
export interface ShownColumn {
  column: FactColumn;
  index: number;
}

/** The names behind a `cols` search parameter; unknown ones are dropped. */
export function parseColumns(param: string, columns: FactColumn[]): string[] {
  const known = new Set(columns.map((c) => c.name));
  return [...new Set(param.split(",").filter((name) => known.has(name)))];
}

/** Columns to show: those chosen, in the module's own order, or else the first numbers and then the texts. */
export function shownColumns(columns: FactColumn[], chosen: string[]): ShownColumn[] {
  const all = columns.map((column, index) => ({ column, index }));
  if (chosen.length > 0) return all.filter(({ column }) => chosen.includes(column.name));
  const numbers = all.filter(({ column }) => column.type !== "text");
  const texts = all.filter(({ column }) => column.type === "text");
  return [...numbers, ...texts].slice(0, FIRST_COLUMNS).sort((a, b) => a.index - b.index);
}

/** The `cols` parameter after one column was switched; "" when it is the default set again. */
export function toggleColumn(columns: FactColumn[], shown: ShownColumn[], name: string): string {
  const names = shown.map(({ column }) => column.name);
  const next = names.includes(name) ? names.filter((n) => n !== name) : [...names, name];
  // A table without a column has nothing to say: the last one stays.
  const kept = next.length === 0 ? names : next;
  const ordered = columns.map((c) => c.name).filter((n) => kept.includes(n));
  const first = shownColumns(columns, []).map(({ column }) => column.name);
  return ordered.join(",") === first.join(",") ? "" : ordered.join(",");
}

/** A fact of one subject: its declaration and its value. */
export interface SubjectFact {
  column: FactColumn;
  cell: FactCell;
}

export function factsOf(row: FactRow, columns: FactColumn[]): SubjectFact[] {
  return columns.flatMap((column, index) => {
    const cell = row.cells[index];
    return cell ? [{ column, cell }] : [];
  });
}

export interface SeriesChoice {
  name: string;
  title: string;
}

/** The daily series that the facts name, each once, titled by the first fact that names it. */
export function seriesChoices(columns: FactColumn[]): SeriesChoice[] {
  const found = new Map<string, SeriesChoice>();
  for (const { daily } of columns) {
    if (daily !== "" && !found.has(daily)) found.set(daily, { name: daily, title: seriesTitle(daily) });
  }
  return [...found.values()];
}

/** "sales.ordered_units" reads "Ordered units". */
export function seriesTitle(name: string): string {
  const words = name.slice(name.indexOf(".") + 1).replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Offsets of the windows that cover rows first..last, for paged reading. */
export function windowsFor(first: number, last: number, size: number, total: number): number[] {
  const offsets: number[] = [];
  const end = Math.min(last, total - 1);
  for (let at = Math.floor(Math.max(0, first) / size) * size; at <= end; at += size) offsets.push(at);
  return offsets.length === 0 ? [0] : offsets;
}
