import type { Column } from "@/lib/dashboards/types";

const between = "|";

/** The columns of rows in the form the address of an original row carries them. */
export function countsText(columns: readonly Column[]): string | undefined {
  const names = columns.flatMap((column) => [column.title, column.name.slice(column.name.lastIndexOf(".") + 1)]);
  const texts = [...new Set(names.map((name) => name.replaceAll(between, " ")).filter((name) => name !== ""))];
  return texts.length === 0 ? undefined : texts.join(between);
}

/** Whether a column of a file is one of those that a number was made of, however the file writes it. */
export function countsOf(counts: string | undefined): (heading: string) => boolean {
  const wanted = new Set((counts ?? "").split(between).map(bare));
  wanted.delete("");
  return (heading) => wanted.has(bare(heading));
}

/** "Quantity-Shipped", "quantity_shipped" and "Quantity shipped" are one column. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}
