import { Button } from "@mantine/core";
import { IconListDetails } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { memo, useCallback, useMemo, useState } from "react";
import { useAppState } from "@/lib/app-state";
import { pageQuery } from "@/lib/dashboards/queries";
import { useDashboardSearch } from "@/lib/dashboards/use-dashboard-search";
import { FirstFill } from "../first-fill/first-fill";
import { Page } from "../page/page";
import { ErrorState } from "../state-card/error-state";
import { LoadingRows, RefreshingBar } from "../state-card/loading-rows";
import { ChartGrid, ChartsMenu } from "./chart-grid";
import controls from "./controls.module.css";
import { DashboardContext, useDashboard } from "./dashboard-context";
import { DefinitionHost } from "./define-context";
import { ExportMenu } from "./export-menu";
import type { Layout } from "./layout";
import { Messages } from "./messages";
import { NeedsReports, PageDown, useRetry } from "./page-states";
import { RangeControl } from "./range-control";
import { RowInspector } from "./row-inspector";
import { ScopeControls } from "./scope-controls";
import { TableSection } from "./table-section";
import { TileRow } from "./tile-row";
import { usePageExport } from "./use-export";
import { usePageCommands } from "./use-page-commands";
import { useTableCommands } from "./use-table-commands";
import { noTable, useTableState } from "./use-table-state";
import { ViewsMenu } from "./views-menu";

type Props = { module: string; layout?: Layout };

const plain: Layout = {};

/** The page of a part of the account, as its module declares it: numbers, charts and tables over a range. */
export function DashboardPage({ module, layout = plain }: Props) {
  const { search, view, change } = useDashboardSearch();
  const query = useQuery({ ...pageQuery(module, view), placeholderData: keepPreviousData });
  const title = useAppState().data?.modules.find((candidate) => candidate.name === module)?.title ?? "Page";
  const page = query.data;
  const dashboard = useMemo(() => page && { page, search, view, change }, [page, search, view, change]);
  if (query.isPending) {
    return (
      <Page title={title} quietTitle>
        <LoadingRows rows={12} label={`Reading ${title}`} />
      </Page>
    );
  }
  if (!dashboard) {
    return (
      <Page title={title}>
        <ErrorState effect="This page could not be read." error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  const { state, empty } = dashboard.page;
  const runs = state === "running" || state === "retrying";
  return (
    <DashboardContext value={dashboard}>
      <DefinitionHost>
        {runs && !empty ? <Full layout={layout} reading={query.isFetching} failed={query.error} /> : <Bare />}
      </DefinitionHost>
    </DashboardContext>
  );
}

/** A page that has nothing to show: why, and what to do. */
function Bare() {
  const { page } = useDashboard();
  const retry = useRetry(page.name);
  const starting = page.state === "starting";
  const runs = page.state === "running" || page.state === "retrying";
  return (
    <Page title={page.title} lead={page.question} actions={<AllFacts />} dense>
      {runs && <FirstFill />}
      {starting && <LoadingRows rows={10} label={`${page.title} is starting`} />}
      {!starting && (runs ? <NeedsReports page={page} /> : <PageDown page={page} retry={retry} />)}
    </Page>
  );
}

type FullProps = { layout: Layout; reading: boolean; failed: unknown };

function Full({ layout, reading, failed }: FullProps) {
  const { page, search, change } = useDashboard();
  const spec = page.tables.find((table) => table.name === search.table) ?? page.tables[0] ?? noTable;
  const table = useTableState(spec);
  const exporting = usePageExport(table.input);
  const [views, setViews] = useState(false);
  const openViews = useCallback(() => setViews(true), []);
  usePageCommands({ exporting, onViews: openViews });
  useTableCommands(table);
  const points = layout.points;
  const onPoint = useCallback(
    (chart: string, subject: string) => {
      const wanted = points?.[chart];
      change(wanted ? { table: wanted, sel: subject } : { sel: subject });
    },
    [points, change],
  );
  const chartsFirst = layout.lead === "charts";
  return (
    <Page
      title={page.title}
      lead={page.question}
      dense
      actions={
        <>
          <ViewsMenu opened={views} onOpened={setViews} />
          <ExportMenu exporting={exporting} />
          <AllFacts />
        </>
      }
      inspector={
        search.sel !== undefined && (
          <RowInspector
            key={`${spec.name} ${search.sel}`}
            state={table}
            sel={search.sel}
            onClose={() => change({ sel: undefined })}
          />
        )
      }
    >
      <div className={controls.bar}>
        <ScopeControls />
        <ChartsMenu layout={layout} />
        <span className={controls.spring} />
        <RangeControl />
      </div>
      <RefreshingBar active={reading} />
      <Messages exporting={exporting} failed={failed} />
      {chartsFirst && <ChartGrid layout={layout} onPoint={onPoint} />}
      <TileRow />
      {!chartsFirst && <ChartGrid layout={layout} onPoint={onPoint} />}
      <TableSection state={table} exporting={exporting} />
    </Page>
  );
}

/** Every fact of the module, by subject, with why rules decide as they do. */
const AllFacts = memo(function AllFacts() {
  const { page } = useDashboard();
  const navigate = useNavigate();
  return (
    <Button
      variant="default"
      leftSection={<IconListDetails size={15} stroke={1.6} aria-hidden="true" />}
      onClick={() => void navigate({ to: "/m/$module", params: { module: page.name }, search: {} })}
    >
      All facts
    </Button>
  );
});
