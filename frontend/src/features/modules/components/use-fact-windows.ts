import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { factTableQuery, WINDOW } from "../api/queries";
import type { FactRow, FactTable } from "../api/types";
import { windowsFor } from "../logic/columns";
import type { ModuleSearch } from "../logic/search";

/** A row of the table; one that has not been read yet holds only its place. */
export type TableRow = FactRow & { pending?: boolean };

/** The facts of a module, read in windows around the rows in sight. Sorting and filtering are Go's. */
export function useFactWindows(module: string, search: ModuleSearch) {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => {
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, []);
  const ask = (offset: number) =>
    factTableQuery({
      module,
      subject_kind: search.kind ?? "",
      filter: search.q ?? "",
      sort: search.sort ?? "",
      desc: search.desc ?? false,
      offset,
      limit: WINDOW,
      as_of: "",
      subject: "",
    });
  const head = useQuery({
    ...ask(0),
    // The rows before the answer to a new filter or order stay until it is there; those of another kind do not.
    placeholderData: (before, query) => (query?.queryKey[2].subject_kind === (search.kind ?? "") ? before : undefined),
  });
  const total = head.isPlaceholderData ? (head.data?.rows.length ?? 0) : (head.data?.total ?? 0);
  const offsets = windowsFor(range.first, range.last, WINDOW, total).filter((offset) => offset > 0);
  const others = useQueries({ queries: offsets.map(ask), combine: windowsRead });
  const rows = useMemo(() => fill(total, [head.data, ...others.tables]), [total, head.data, others.tables]);
  return { head, rows, total, onRange, reading: head.isFetching || others.reading, error: others.failed ?? undefined };
}

function windowsRead(results: UseQueryResult<FactTable>[]) {
  return {
    tables: results.map((r) => r.data),
    reading: results.some((r) => r.isFetching),
    failed: results.find((r) => r.error)?.error,
  };
}

function fill(total: number, tables: (FactTable | undefined)[]): TableRow[] {
  const rows: TableRow[] = Array.from({ length: total }, (_, index) => ({
    subject: `#${index}`,
    label: "",
    detail: "",
    cells: [],
    pending: true,
  }));
  for (const table of tables) {
    if (!table) continue;
    table.rows.forEach((row, index) => {
      const at = table.offset + index;
      if (at < total) rows[at] = row;
    });
  }
  return rows;
}
