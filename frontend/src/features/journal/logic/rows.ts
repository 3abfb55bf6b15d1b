import { type Entry, newestFirst } from "./entry";
import type { JournalSearch } from "./search";
import { batchText, lookOfEntry } from "./states";

/** A row of the table: an entry, or the heading of what was approved together. */
export type Row =
  | { key: string; entry: Entry; heading?: undefined }
  | { key: string; entry?: undefined; heading: { label: string; count: number } };

/** Whether an entry is of the kind, the rule and the state, and has all the words. */
export function matches(entry: Entry, { state, kind, rule, q = "" }: JournalSearch): boolean {
  if (kind !== undefined && entry.kind !== kind) return false;
  if (rule !== undefined && entry.policy !== rule) return false;
  const look = lookOfEntry(entry);
  if (state !== undefined && look.filter !== state) return false;
  if (q === "") return true;
  const entity = entry.trail?.entity ?? entry.item?.subject ?? "";
  const text = `${entry.title} ${entry.rule} ${entry.kindTitle} ${entity} ${look.word}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/**
 * The rows of what is shown: several that were approved together stand under a heading, which tells of all of the
 * batch, also of those that a filter hides.
 */
export function rowsOf(shown: readonly Entry[], all: readonly Entry[], folded: ReadonlySet<string>): Row[] {
  const batches = new Map<string, Entry[]>();
  for (const entry of all) {
    const batch = entry.trail?.batch ?? "";
    if (batch !== "") batches.set(batch, [...(batches.get(batch) ?? []), entry]);
  }
  const rows: Row[] = [];
  const headed = new Set<string>();
  const sorted = newestFirst(shown);
  for (const entry of sorted) {
    const batch = entry.trail?.batch ?? "";
    const members = batches.get(batch) ?? [];
    if (members.length < 2) {
      rows.push({ key: entry.key, entry });
      continue;
    }
    if (headed.has(batch)) continue;
    headed.add(batch);
    const key = `batch ${batch}`;
    const trails = members.flatMap(({ trail }) => (trail ? [trail] : []));
    rows.push({ key, heading: { label: batchText(trails), count: members.length } });
    if (folded.has(key)) continue;
    for (const member of sorted) if (member.trail?.batch === batch) rows.push({ key: member.key, entry: member });
  }
  return rows;
}

/** Every kind of action, or every rule, that occurs, by title. */
export function choicesOf(entries: readonly Entry[], by: "kind" | "rule"): { value: string; title: string }[] {
  const found = new Map<string, string>();
  for (const entry of entries) {
    const [value, title] = by === "kind" ? [entry.kind, entry.kindTitle] : [entry.policy, entry.rule];
    // The words of an action are better than those made up for a decision without one.
    if (value !== "" && (entry.trail || !found.has(value))) found.set(value, title);
  }
  return [...found].map(([value, title]) => ({ value, title })).sort((a, b) => a.title.localeCompare(b.title));
}
