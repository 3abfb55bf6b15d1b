import { formatNumber } from "@/lib/format";
import type { Holding, Kept, KeptClass } from "../api/kept";

const units = ["B", "KB", "MB", "GB", "TB"];

/** "0 B", "318 KB", "4.2 GB". */
export function bytesText(bytes: number, locale: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${formatNumber(value, locale, unit > 0 && value < 10 ? 1 : 0)} ${units[unit]}`;
}

const counted = (n: number, one: string, many: string, locale: string) =>
  n === 1 ? `1 ${one}` : `${formatNumber(n, locale)} ${many}`;

/** What there is, in a line: "412 documents, 38 MB; 18,204 rows"; "nothing" for none. */
export function holdingText(
  { documents, rows, bytes }: Pick<Holding, "documents" | "rows" | "bytes">,
  locale: string,
): string {
  const parts = [
    documents > 0 ? `${counted(documents, "document", "documents", locale)}, ${bytesText(bytes, locale)}` : "",
    rows > 0 ? counted(rows, "row", "rows", locale) : "",
  ].filter((part) => part !== "");
  if (parts.length > 0) return parts.join("; ");
  return bytes > 0 ? bytesText(bytes, locale) : "nothing";
}

/** All that there is of a class, over its origins, with the oldest of it; "" where nothing is. */
export function allOf({
  holdings,
}: Pick<KeptClass, "holdings">): Pick<Holding, "documents" | "rows" | "bytes" | "oldest"> {
  const sum = (of: (one: Holding) => number) => holdings.reduce((total, one) => total + of(one), 0);
  const oldest = holdings.map((one) => one.oldest).filter((day) => day !== "");
  return {
    documents: sum((one) => one.documents),
    rows: sum((one) => one.rows),
    bytes: sum((one) => one.bytes),
    oldest: oldest.sort()[0] ?? "",
  };
}

/** The finding of the tab: what goes next, or that nothing does. */
export function keptSentence({ classes }: Pick<Kept, "classes">): string {
  const next = classes
    .filter(({ next: { day } }) => day !== "")
    .sort((a, b) => a.next.day.localeCompare(b.next.day))[0];
  if (!next) return "Nothing is due: what there is may be kept.";
  return `Next to go, of “${next.title}”: ${next.next.text}`;
}

type Parsed = { ok: true; value: number } | { ok: false; error: string };

/** A whole number between two bounds, as a person typed it; 0 as the upper bound is none. */
export function parseWhole(text: string, least: number, most: number, what: string): Parsed {
  const bare = text.trim().replaceAll(",", "");
  const value = Number(bare);
  if (!/^\d+$/.test(bare) || value < least || (most > 0 && value > most)) {
    const range = most > 0 ? `from ${least} to ${most}` : `of at least ${least}`;
    return { ok: false, error: `Write a whole number of ${what} ${range}.` };
  }
  return { ok: true, value };
}

/** "1 file", "482 files": units come in the plural. */
export function countText(count: number, unit: string, locale: string): string {
  return `${formatNumber(count, locale)} ${count === 1 ? unit.replace(/s$/, "") : unit}`;
}
