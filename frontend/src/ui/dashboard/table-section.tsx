import { type MouseEvent, useCallback, useMemo, useRef, useState } from "react";
import { toggled, writeList } from "@/lib/dashboards/address";
import type { PlacedRow } from "@/lib/dashboards/use-table-windows";
import { numberOf } from "@/lib/dashboards/wording";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import type { Column as TableColumn } from "../data-table/column";
import { DataTable } from "../data-table/data-table";
import { FilterField } from "../filter-field/filter-field";
import { ErrorState } from "../state-card/error-state";
import { LoadingRows, RefreshingBar } from "../state-card/loading-rows";
import { Tabbed } from "../tabbed/tabbed";
import { BulkBar } from "./bulk-bar";
import { ColumnPicker } from "./column-picker";
import { useDashboard } from "./dashboard-context";
import { useDefine } from "./define-context";
import { FilterBar } from "./filter-bar";
import { GroupMenu } from "./group-menu";
import { NothingFound } from "./nothing-found";
import { RowMenu } from "./row-menu";
import { subjectColumn, totalOf, useTableColumns } from "./table-columns";
import classes from "./table-section.module.css";
import type { PageExport } from "./use-export";
import type { TableState } from "./use-table-state";

type Props = { state: TableState; exporting: PageExport };

/** The tables of a page: tabs, ready-made views, filters, and the rows. */
export function TableSection({ state, exporting }: Props) {
  const { page, search, change } = useDashboard();
  const [filtering, setFiltering] = useState<string | null>(null);
  const filter = useCallback((q: string) => change({ q: q || undefined }), [change]);
  const { spec } = state;
  if (page.tables.length === 0) return null;
  return (
    <div className={classes.section}>
      <Tabbed
        label="Tables"
        tabs={page.tables.map((table) => ({ value: table.name, title: table.title }))}
        value={spec.name}
        onChange={(table) => change({ table: table === page.tables[0]?.name ? undefined : table })}
        tools={
          <>
            <Found state={state} />
            <FilterField label={`Filter ${spec.title}`} value={search.q ?? ""} onChange={filter} />
            <GroupMenu groups={spec.groups} />
            <ColumnPicker spec={spec} table={state.table} />
          </>
        }
      >
        <FilterBar spec={spec} building={filtering} onBuilding={setFiltering} />
        <Rows state={state} onFilter={setFiltering} />
        <BulkBar state={state} exporting={exporting} />
      </Tabbed>
    </div>
  );
}

function Found({ state }: { state: TableState }) {
  const { locale } = useDisplay();
  if (!state.table) return null;
  return (
    <span className={classes.count} role="status">
      {formatNumber(state.table.found, locale)} {state.spec.list ? "rows" : ""}
    </span>
  );
}

type RowsProps = { state: TableState; onFilter: (column: string) => void };

function Rows({ state, onFilter }: RowsProps) {
  const { windows, table, spec } = state;
  if (windows.head.isPending) return <LoadingRows rows={8} label={`Reading ${spec.title}`} />;
  if (windows.head.isError || !table) {
    return (
      <ErrorState
        effect={`${spec.title} could not be read.`}
        error={windows.head.error}
        onRetry={() => void windows.head.refetch()}
      />
    );
  }
  if (table.found === 0) return <NothingFound state={state} />;
  return (
    <>
      <RefreshingBar active={windows.reading} />
      {windows.error && <ErrorState effect="Some rows could not be read." error={windows.error} />}
      <Grid state={state} onFilter={onFilter} />
    </>
  );
}

const rowKey = (row: PlacedRow) => row.key;
const isPending = (row: PlacedRow) => row.pending === true;

function Grid({ state, onFilter }: RowsProps) {
  const { view, change } = useDashboard();
  const define = useDefine();
  const { spec, table, windows, cursor, ticks, collapsed } = state;
  const columns = useTableColumns({ spec, columns: table?.columns, view, define });
  const [menu, setMenu] = useState<{ row: PlacedRow; anchor: HTMLElement } | null>(null);
  const names = useMemo(() => (table?.columns ?? []).map((column) => column.name), [table?.columns]);
  const setNames = useCallback((next: string[]) => change({ cols: writeList(next) }), [change]);
  const openByMouse = useOpenByMouse(state);
  const sort = useMemo(() => (table ? { id: table.sort || subjectColumn, desc: table.desc } : undefined), [table]);
  const onSort = useCallback(({ id, desc }: { id: string; desc: boolean }) => change({ sort: id, desc }), [change]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the keys of the rows are the table's own.
    <div className={classes.grid} onClick={openByMouse}>
      <DataTable
        label={spec.title}
        rows={windows.rows}
        total={windows.total}
        columns={columns}
        rowKey={rowKey}
        pending={isPending}
        sort={sort}
        onSort={onSort}
        selected={cursor?.key}
        onSelect={state.select}
        onOpen={state.open}
        onActions={(row, anchor) => setMenu({ row, anchor })}
        selectedKeys={spec.list ? undefined : ticks.keys}
        onSelectKeys={spec.list ? undefined : ticks.setKeys}
        onSelectAll={spec.list ? undefined : ticks.all}
        group={useCallback(
          (row: PlacedRow) =>
            row.kind === "group"
              ? { label: row.label, count: row.count, collapsed: collapsed.includes(row.key) }
              : null,
          [collapsed],
        )}
        onToggleGroup={state.toggleGroup}
        totals={useTotals(state)}
        columnActions={useMemo(
          () => ({
            onHide: names.length > 1 ? (id: string) => setNames(toggled(names, id)) : undefined,
            onMove: (id: string, by: -1 | 1) => setNames(moved(names, id, by)),
            onFilter,
            onExplain: spec.list ? undefined : (id: string) => define({ name: numberOf(id), subject: "", view }),
          }),
          [names, setNames, onFilter, spec.list, define, view],
        )}
        onRange={windows.onRange}
      />
      <RowMenu state={state} row={menu?.row ?? null} anchor={menu?.anchor ?? null} onClose={() => setMenu(null)} />
    </div>
  );
}

/** A click on a row shows its details; keys only move, and Enter opens. */
function useOpenByMouse({ windows, open }: TableState) {
  const rows = useRef(windows.rows);
  rows.current = windows.rows;
  return useCallback(
    (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.defaultPrevented) return;
      if (event.target.closest("button, a, input, label, thead, tfoot, [role='menu']")) return;
      const index = event.target.closest("tr[data-index]")?.getAttribute("data-index");
      const row = index ? rows.current[Number(index)] : undefined;
      if (row && event.detail === 1) open(row);
    },
    [open],
  );
}

/** The line of totals; none where no column has any. */
function useTotals({ table }: TableState) {
  const totals = useCallback(
    (column: TableColumn<PlacedRow>) => {
      if (!table) return null;
      return column.id === subjectColumn ? "Total" : totalOf(table, column.id);
    },
    [table],
  );
  return table?.totals.some((value) => value.text !== "") ? totals : undefined;
}

function moved(names: readonly string[], name: string, by: -1 | 1): string[] {
  const from = names.indexOf(name);
  const to = from + by;
  if (from < 0 || to < 0 || to >= names.length) return [...names];
  const next = names.filter((other) => other !== name);
  next.splice(to, 0, name);
  return next;
}
