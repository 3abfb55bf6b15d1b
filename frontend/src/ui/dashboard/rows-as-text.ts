import type { Column, TableRow } from "@/lib/dashboards/types";
import { columnHeading } from "@/lib/dashboards/wording";

/** Rows for the clipboard, as a spreadsheet takes them: a heading, then one line a row, tabs between. */
export function rowsAsText(rows: readonly TableRow[], columns: readonly Column[]): string {
  const shown = columns.map((column, index) => ({ column, index })).filter(({ column }) => column.type !== "line");
  const heading = ["Name", "Detail", ...shown.map(({ column }) => columnHeading(column))];
  const lines = rows.map((row) => [row.label, row.detail, ...shown.map(({ index }) => row.cells[index]?.text ?? "")]);
  return [heading, ...lines].map((cells) => cells.map(plain).join("\t")).join("\n");
}

/** Nothing that would end a cell, and nothing that a spreadsheet would take for a formula. */
function plain(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, " ");
  return /^[=+@]/.test(flat) ? `'${flat}` : flat;
}
