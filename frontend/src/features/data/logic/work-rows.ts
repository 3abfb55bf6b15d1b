import type { Ask } from "../api/types";

/** Stands for the asks under it. */
export type Heading = { heading: "open" | "done"; label: string; count: number };

export type WorkRow = Heading | Ask;

export const isHeading = (row: WorkRow): row is Heading => "heading" in row;

/** The asks under two headings, in Go's order; those under a folded one are left out. */
export function workRows(asks: readonly Ask[], folded: ReadonlySet<string>): WorkRow[] {
  const part = (heading: Heading["heading"], label: string, members: Ask[]): WorkRow[] =>
    members.length === 0 ? [] : [{ heading, label, count: members.length }, ...(folded.has(heading) ? [] : members)];
  return [
    ...part(
      "open",
      "Under way and waiting",
      asks.filter((ask) => ask.status !== "done"),
    ),
    ...part(
      "done",
      "Done last",
      asks.filter((ask) => ask.status === "done"),
    ),
  ];
}
