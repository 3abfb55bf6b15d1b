import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { type TableWindow, tableQuery, tableWindow } from "./queries";
import type { TableInput, TableRow } from "./types";

/** A row of a table; one that has not been read yet holds only its place. */
export type PlacedRow = TableRow & { pending?: boolean };

/** A table, read in windows around the rows in sight. Sorting, filtering and grouping are Go's. */
export function useTableWindows(input: TableInput) {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => {
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, []);
  const ask = (offset: number, limit: number) => tableQuery({ ...input, offset, limit });
  const head = useQuery({
    ...ask(0, tableWindow),
    // The rows before the answer to a new view stay until it is there; those of another table do not.
    placeholderData: (before, query) =>
      query?.queryKey[2].page === input.page && query.queryKey[2].table === input.table ? before : undefined,
  });
  const total = head.isPlaceholderData ? (head.data?.rows.length ?? 0) : (head.data?.total ?? 0);
  const size = windowSize(head.data?.rows.length ?? 0, total);
  const offsets = windowsFor(range.first, range.last, size, total).filter((offset) => offset > 0);
  const others = useQueries({ queries: offsets.map((offset) => ask(offset, size)), combine: windowsRead });
  const rows = useMemo(() => place(total, [head.data, ...others.windows]), [total, head.data, others.windows]);
  return { head, rows, total, onRange, reading: head.isFetching || others.reading, error: others.failed };
}

function windowsRead(results: UseQueryResult<TableWindow>[]) {
  return {
    windows: results.map((result) => result.data),
    reading: results.some((result) => result.isFetching),
    failed: results.find((result) => result.error)?.error ?? undefined,
  };
}

/**
 * Rows of one window: an answer carries only so many cells, so that a table of many columns comes in smaller
 * windows. The first answer says how many rows it took.
 */
export function windowSize(answered: number, total: number): number {
  return answered > 0 && answered < Math.min(total, tableWindow) ? answered : tableWindow;
}

/** Offsets of the windows that hold the rows first to last. */
export function windowsFor(first: number, last: number, size: number, total: number): number[] {
  const offsets: number[] = [];
  const end = Math.min(last, total - 1);
  for (let at = Math.floor(Math.max(0, first) / size) * size; at <= end; at += size) offsets.push(at);
  return offsets.length === 0 ? [0] : offsets;
}

function place(total: number, windows: (TableWindow | undefined)[]): PlacedRow[] {
  const rows: PlacedRow[] = Array.from({ length: total }, (_, index) => pendingRow(index));
  for (const window of windows) {
    window?.rows.forEach((row, index) => {
      if (window.offset + index < total) rows[window.offset + index] = row;
    });
  }
  return rows;
}

function pendingRow(index: number): PlacedRow {
  return {
    kind: "row",
    key: `#${index}`,
    subject: "",
    label: "",
    detail: "",
    tags: [],
    count: 0,
    cells: [],
    document: 0,
    line: 0,
    pending: true,
  };
}
