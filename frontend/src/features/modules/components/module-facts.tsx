import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { FilterField } from "@/ui/filter-field/filter-field";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { NoMatch, StaleNotice } from "@/ui/state-card/state-card";
import { Tabbed } from "@/ui/tabbed/tabbed";
import { reportKindsQuery } from "../api/queries";
import type { ModuleStatus, ReportKind, SubjectKind, FactTable as Table } from "../api/types";
import { parseColumns, type ShownColumn, shownColumns } from "../logic/columns";
import type { ModuleSearch } from "../logic/search";
import { sourcesOf } from "../logic/wording";
import { ColumnChooser } from "./column-chooser";
import { FactTable } from "./fact-table";
import classes from "./module.module.css";
import { NoFacts } from "./no-facts";
import { useFactWindows } from "./use-fact-windows";

type Props = { status: ModuleStatus; search: ModuleSearch; onChange: (change: ModuleSearch) => void };

/** The facts of a running module, by kind of subject. */
export function ModuleFacts({ status, search, onChange }: Props) {
  const windows = useFactWindows(status.name, search);
  const table = windows.head.data;
  const tabs = useKinds(table);
  const shown = useMemo(
    () => (table ? shownColumns(table.columns, parseColumns(search.cols ?? "", table.columns)) : []),
    [table, search.cols],
  );
  const filter = useCallback((q: string) => onChange({ q: q || undefined }), [onChange]);
  const body = <Body status={status} search={search} onChange={onChange} windows={windows} shown={shown} />;
  if (tabs.length === 0) return body;
  return (
    <Tabbed
      label="What the facts are about"
      tabs={tabs.map((k) => ({ value: k.kind, title: k.title, count: k.count }))}
      value={search.kind ?? tabs[0]?.kind ?? ""}
      onChange={(kind) => onChange({ kind })}
      tools={
        <>
          <Reach table={table} search={search} />
          <FilterField label="Filter this list" value={search.q ?? ""} onChange={filter} />
          {table && <ColumnChooser columns={table.columns} shown={shown} onChange={(cols) => onChange({ cols })} />}
        </>
      }
    >
      {body}
    </Tabbed>
  );
}

/** The kinds of subject; they stay in sight while another kind is read. */
function useKinds(table: Table | undefined): SubjectKind[] {
  const [seen, setSeen] = useState<SubjectKind[]>([]);
  useEffect(() => {
    if (table) setSeen(table.subject_kinds);
  }, [table]);
  return table?.subject_kinds ?? seen;
}

function Reach({ table, search }: { table: Table | undefined; search: ModuleSearch }) {
  const { locale } = useDisplay();
  if (!table) return null;
  return (
    <span className={classes.count} role="status">
      {search.q !== undefined && `${formatNumber(table.total, locale)} found, `}as of <Day value={table.as_of} />
    </span>
  );
}

type BodyProps = Props & { windows: ReturnType<typeof useFactWindows>; shown: ShownColumn[] };

function Body({ status, search, onChange, windows, shown }: BodyProps) {
  const kinds = useQuery(reportKindsQuery).data ?? none;
  const { head, rows, total, onRange, reading } = windows;
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
    return <NoFacts title={status.title} columns={table.columns} kinds={kinds} />;
  }
  if (table.total === 0) {
    return (
      <NoMatch
        filters={`No ${kindTitle(table, search)} with "${search.q}".`}
        onClear={() => onChange({ q: undefined })}
      />
    );
  }
  return (
    <>
      <Stale table={table} kinds={kinds} />
      <RefreshingBar active={reading} />
      {windows.error !== undefined && <ErrorState effect="Some rows could not be read." error={windows.error} />}
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
