import { type RefObject, useLayoutEffect, useState } from "react";
import type { Maturity } from "@/lib/types";

/** What all known cells of a column have in common, by column id; a fresh column is not among them. */
export type ColumnMarks = Readonly<Record<string, Maturity>>;

const none: ColumnMarks = {};

/**
 * The maturity that a column has as a whole, so that it is said once in its heading instead of in each row. Looks at
 * the rows that are drawn: values carry their maturity as data-maturity.
 */
export function useColumnMarks(scroller: RefObject<HTMLElement | null>, ids: readonly string[]): ColumnMarks {
  const [marks, setMarks] = useState(none);
  // After every drawing: rows come and go as the table is scrolled and read.
  useLayoutEffect(() => {
    const cells = scroller.current?.querySelectorAll<HTMLElement>("tbody [data-column]") ?? [];
    const next = marksOf(ids, cells);
    if (!same(marks, next)) setMarks(next);
  });
  return marks;
}

/** The mark of each column of which more than one cell is known and all of those are alike. */
function marksOf(ids: readonly string[], cells: Iterable<HTMLElement>): ColumnMarks {
  const seen = new Map<string, { state: string; count: number }>();
  for (const cell of cells) {
    const state = cell.querySelector<HTMLElement>("[data-maturity]")?.dataset.maturity ?? "";
    const id = cell.dataset.column ?? "";
    if (state === "" || state === "missing") continue;
    const before = seen.get(id);
    if (!before) seen.set(id, { state, count: 1 });
    else seen.set(id, { state: before.state === state ? state : "", count: before.count + 1 });
  }
  const marks: Record<string, Maturity> = {};
  for (const id of ids) {
    const { state, count } = seen.get(id) ?? { state: "", count: 0 };
    if (count > 1 && state !== "" && state !== "fresh") marks[id] = state as Maturity;
  }
  return marks;
}

function same(a: ColumnMarks, b: ColumnMarks): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
