import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { rowsQuery } from "@/lib/dashboards/queries";
import type { Reference, RowsBehind, TableRow } from "@/lib/dashboards/types";
import { windowSize, windowsFor } from "@/lib/dashboards/use-table-windows";

/** A row behind a number; one that has not been read yet holds only its place. */
export type PlacedRow = TableRow & { pending?: boolean };

/** The rows behind a number, read in windows around those in sight; `at` is the one under the cursor. */
export function useRowWindows(reference: Reference, at: number) {
  const [range, setRange] = useState({ first: at, last: at });
  const onRange = useCallback((first: number, last: number) => {
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, []);
  const head = useQuery(rowsQuery(reference, 0));
  const total = head.data?.total ?? 0;
  // The row under the cursor is read even where it is not in sight yet: it is what Enter opens.
  const wanted = [range, { first: at, last: at }].flatMap(({ first, last }) =>
    windowsFor(first, last, windowSize(head.data?.rows.length ?? 0, total), total),
  );
  const offsets = [...new Set(wanted)].filter((offset) => offset > 0);
  const others = useQueries({ queries: offsets.map((offset) => rowsQuery(reference, offset)), combine: read });
  const places = offsets.join(",");
  const rows = useMemo(
    () => place(total, ["0", ...places.split(",")].map(Number), [head.data, ...others.answers]),
    [total, places, head.data, others.answers],
  );
  const files = useMemo(() => filesOf([head.data, ...others.answers]), [head.data, others.answers]);
  return { head, rows, files, total, onRange, reading: head.isFetching || others.reading, error: others.failed };
}

function read(results: UseQueryResult<RowsBehind>[]) {
  return {
    answers: results.map((result) => result.data),
    reading: results.some((result) => result.isFetching),
    failed: results.find((result) => result.error)?.error ?? undefined,
  };
}

/** Names of the documents by id. */
function filesOf(answers: (RowsBehind | undefined)[]): ReadonlyMap<number, string> {
  const files = answers.flatMap((answer) => answer?.files ?? []);
  return new Map(files.map((file) => [file.document, file.name]));
}

/** The rows of the answers at their places; `offsets` go with `answers`. */
function place(total: number, offsets: number[], answers: (RowsBehind | undefined)[]): PlacedRow[] {
  const rows: PlacedRow[] = Array.from({ length: total }, (_, index) => pendingRow(index));
  answers.forEach((answer, which) => {
    const offset = offsets[which] ?? 0;
    answer?.rows.forEach((row, index) => {
      if (offset + index < total) rows[offset + index] = row;
    });
  });
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
