import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { readList, toggled, writeList } from "@/lib/dashboards/address";
import { tableQuery, tableWindow } from "@/lib/dashboards/queries";
import { tableInputOf } from "@/lib/dashboards/search";
import type { TableInput, TableSpec } from "@/lib/dashboards/types";
import { type PlacedRow, useTableWindows } from "@/lib/dashboards/use-table-windows";
import { useDashboard } from "./dashboard-context";

/** A page without a table. */
export const noTable: TableSpec = {
  name: "",
  title: "",
  subject: "",
  list: false,
  columns: [],
  sort: "",
  desc: false,
  presets: [],
  groups: [],
};

export type Ticked = ReadonlyMap<string, PlacedRow>;
const nothingTicked: Ticked = new Map();

/** The table that is shown: its rows, the row with the cursor, and the rows that are ticked. */
export function useTableState(spec: TableSpec) {
  const { page, search, change } = useDashboard();
  const input = useMemo(() => tableInputOf(page.name, spec, search), [page.name, spec, search]);
  const windows = useTableWindows(input);
  const [cursor, setCursor] = useState<PlacedRow | null>(null);
  const ticks = useTicked(input, windows.rows);
  const rowOfAddress = windows.rows.find(
    (row) => search.sel !== undefined && search.sel === (spec.list ? row.key : row.subject),
  );
  const here = windows.rows.find((row) => row.key === cursor?.key) ?? rowOfAddress ?? null;
  const collapsed = useMemo(() => readList(search.collapsed), [search.collapsed]);

  const open = useCallback(
    (row: PlacedRow) => {
      if (row.kind === "row" && !row.pending) change({ sel: spec.list ? row.key : row.subject });
    },
    [change, spec.list],
  );
  const following = search.sel !== undefined;
  const select = useCallback(
    (row: PlacedRow) => {
      setCursor(row);
      if (following) open(row);
    },
    [following, open],
  );
  const toggleGroup = useCallback(
    (key: string, collapse: boolean) => {
      if (collapsed.includes(key) !== collapse) change({ collapsed: writeList(toggled(collapsed, key)) });
    },
    [collapsed, change],
  );
  return { spec, input, windows, table: windows.head.data, cursor: here, select, open, collapsed, toggleGroup, ticks };
}

export type TableState = ReturnType<typeof useTableState>;

/** The ticked rows. Another view of the rows begins without any: what is not in sight is not acted on. */
function useTicked(input: TableInput, rows: readonly PlacedRow[]) {
  const client = useQueryClient();
  const { sort: _sort, desc: _desc, columns: _columns, collapsed: _collapsed, ...shown } = input;
  const said = JSON.stringify(shown);
  const [held, setHeld] = useState<{ of: string; rows: Ticked }>({ of: said, rows: nothingTicked });
  const ticked = held.of === said ? held.rows : nothingTicked;
  const set = useCallback((next: Ticked) => setHeld({ of: said, rows: next }), [said]);
  const keys = useMemo(() => new Set(ticked.keys()), [ticked]);
  const setKeys = useCallback(
    (next: ReadonlySet<string>) => {
      const read = new Map([...ticked, ...rows.filter((row) => !row.pending).map((row) => [row.key, row] as const)]);
      set(new Map([...next].flatMap((key) => pair(read.get(key)))));
    },
    [ticked, rows, set],
  );
  const clear = useCallback(() => set(nothingTicked), [set]);
  /** Also those that were never in sight: they are read window by window. */
  const all = useCallback(async () => {
    const found = new Map<string, PlacedRow>();
    for (let offset = 0, total = 1, read = 1; offset < total && read > 0; offset += read) {
      const window = await client.fetchQuery(tableQuery({ ...input, offset, limit: tableWindow }));
      total = window.total;
      read = window.rows.length;
      for (const row of window.rows) if (row.kind === "row") found.set(row.key, row);
    }
    set(found);
  }, [client, input, set]);
  return { rows: ticked, keys, setKeys, clear, all };
}

function pair(row: PlacedRow | undefined): [string, PlacedRow][] {
  return row && row.kind === "row" ? [[row.key, row]] : [];
}
