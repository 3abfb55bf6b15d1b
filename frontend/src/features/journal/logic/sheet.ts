import { minorDigits } from "@/lib/amounts";
import { readBackWords, reasonWords } from "@/ui/payload-view/value-words";
import { type Entry, whoText } from "./entry";
import type { Row } from "./rows";
import { lookOfEntry } from "./states";

/** A table as a spreadsheet takes it; every row is as long as the head. */
export type Sheet = { head: string[]; rows: string[][] };

type Options = {
  /** What changed, in words. */
  change: (entry: Entry) => string;
  /** Amounts are hidden on the screen, so they are in no file either. */
  hidden: boolean;
};

type ColumnOf = [title: string, cell: (entry: Entry, options: Options) => string];

const columns: readonly ColumnOf[] = [
  ["Time (UTC)", ({ at }) => at],
  ["Decision", ({ title }) => title],
  ["Rule", ({ rule }) => rule],
  ["State", (entry) => lookOfEntry(entry).word],
  ["Who", ({ who }) => whoText(who)],
  ["Reason", ({ trail, item }) => (trail ? reasonWords(trail.reason || trail.waits, trail) : item.not_done)],
  ["At stake", ({ stake }, { hidden }) => stakeText(stake, hidden)],
  ["At stake, currency", ({ stake }) => stake?.currency ?? ""],
  ["At stake, per", ({ stake }) => stake?.per ?? ""],
  ["Kind", ({ kindTitle }) => kindTitle],
  ["Before → after", (entry, { change }) => change(entry)],
  ["Receipt", ({ trail }) => trail?.receipt ?? ""],
  ["Read back", ({ trail }) => (trail ? readBackWords(trail) : "")],
];

/** The entries of rows as a table; headings of batches are left out. */
export function sheetOf(rows: readonly Row[], options: Options): Sheet {
  return {
    head: columns.map(([title]) => title),
    rows: rows.flatMap(({ entry }) => (entry ? [columns.map(([, cell]) => cell(entry, options))] : [])),
  };
}

/** An exact decimal without signs of its own, so that a spreadsheet adds it up. */
function stakeText(stake: Entry["stake"], hidden: boolean): string {
  if (!stake) return "";
  const digits = minorDigits(stake.currency);
  return hidden ? "hidden" : (stake.minor / 10 ** digits).toFixed(digits);
}

/** A table for the clipboard: a line a row, tabs between. */
export function sheetText({ head, rows }: Sheet): string {
  return [head, ...rows].map((cells) => cells.map(plain).join("\t")).join("\n");
}

/** Nothing that would end a cell, and nothing that a spreadsheet would take for a formula. */
function plain(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, " ");
  return /^([=+@]|-(?!\d+(\.\d+)?$))/.test(flat) ? `'${flat}` : flat;
}
