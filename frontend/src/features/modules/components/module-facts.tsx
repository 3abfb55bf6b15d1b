import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { FilterField } from "@/ui/filter-field/filter-field";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { NoMatch, StaleNotice } from "@/ui/state-card/state-card";
import { reportKindsQuery } from "../api/queries";
import type { ModuleStatus, ReportKind, FactTable as Table } from "../api/types";
import { parseColumns, shownColumns } from "../logic/columns";
import type { ModuleSearch } from "../logic/search";
import { sourcesOf } from "../logic/wording";
import { ColumnChooser } from "./column-chooser";
import { FactTable } from "./fact-table";
import classes from "./module.module.css";
import { NoFacts } from "./no-facts";
import { useFactWindows } from "./use-fact-windows";

type Props = { status: ModuleStatus; search: ModuleSearch; onChange: (change: ModuleSearch) => void };

/** The facts of a running module, by subject. */
export function ModuleFacts({ status, search, onChange }: Props) {
  const windows = useFactWindows(status.name, search);
  const kinds = useQuery(reportKindsQuery).data ?? none;
  const { head, rows, total, onRange, reading } = windows;
  const columns = head.data?.columns;
  const shown = useMemo(
    () => (columns ? shownColumns(columns, parseColumns(search.cols ?? "", columns)) : []),
    [columns, search.cols],
  );
  if (head.isPending) return <LoadingRows rows={12} label={`Reading the facts of ${status.title}`} />;
  if (head.isError) {
    return (
      <ErrorState
        effect={`The facts of ${status.title} could not be read.`}
        error={head.error}
        onRetry={() => void head.refetch()}
      />
    );
  }
  const table = head.data;
  if (table.total === 0 && search.q === undefined) {
    return (
      <>
        <Toolbar table={table} search={search} onChange={onChange} total={0} />
        <NoFacts title={status.title} columns={table.columns} kinds={kinds} />
      </>
    );
  }
  return (
    <>
      <Toolbar table={table} search={search} onChange={onChange} total={table.total}>
        <ColumnChooser columns={table.columns} shown={shown} onChange={(cols) => onChange({ cols })} />
      </Toolbar>
      <Stale table={table} kinds={kinds} />
      <RefreshingBar active={reading} />
      {table.total === 0 ? (
        <NoMatch
          filters={`No ${kindTitle(table, search).toLowerCase()} with "${search.q}".`}
          onClear={() => onChange({ q: undefined })}
        />
      ) : (
        <FactTable
          table={table}
          rows={rows}
          total={total}
          shown={shown}
          search={search}
          onChange={onChange}
          onRange={onRange}
          titles={kinds}
        />
      )}
    </>
  );
}

const none: ReportKind[] = [];

function kindTitle(table: Table, search: ModuleSearch): string {
  return (table.subject_kinds.find((k) => k.kind === search.kind) ?? table.subject_kinds[0])?.title ?? "Subjects";
}

/** Which of the reports behind these facts are old. */
function Stale({ table, kinds }: { table: Table; kinds: ReportKind[] }) {
  const wanted = sourcesOf(table.columns);
  const stale = kinds.filter((k) => k.state === "stale" && wanted.includes(k.kind));
  if (stale.length === 0) return null;
  return (
    <StaleNotice>
      {stale.map((k, index) => (
        <span key={k.kind}>
          {index > 0 && ", "}
          {k.title} as of <Day value={k.as_of} />
        </span>
      ))}
      {": too old to decide on. Figures that rest on it are marked, and rules leave them out."}
    </StaleNotice>
  );
}

type ToolbarProps = {
  table: Table;
  search: ModuleSearch;
  onChange: (change: ModuleSearch) => void;
  total: number;
  children?: ReactNode;
};

function Toolbar({ table, search, onChange, total, children }: ToolbarProps) {
  const { locale } = useDisplay();
  const filter = useCallback((q: string) => onChange({ q: q || undefined }), [onChange]);
  const current = search.kind ?? table.subject_kinds[0]?.kind ?? "";
  return (
    <div className={classes.toolbar}>
      {table.subject_kinds.length > 1 && (
        <Tabs value={current} onChange={(kind) => kind && onChange({ kind })} classNames={{ list: classes.kinds }}>
          <Tabs.List aria-label="What the facts are about">
            {table.subject_kinds.map((k) => (
              <Tabs.Tab key={k.kind} value={k.kind}>
                {k.title} <span className={classes.count}>{formatNumber(k.count, locale)}</span>
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      <div className={classes.tools}>
        <span className={classes.count} role="status">
          {search.q !== undefined && `${formatNumber(total, locale)} found, `}as of <Day value={table.as_of} />
        </span>
        <FilterField label="Filter this list" value={search.q ?? ""} onChange={filter} />
        {children}
      </div>
    </div>
  );
}
