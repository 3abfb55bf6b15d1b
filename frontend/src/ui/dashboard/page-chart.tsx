import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { linkTo } from "@/lib/address";
import { chartQuery } from "@/lib/dashboards/queries";
import type { ChartSpec } from "@/lib/dashboards/types";
import { Chart, type ChartRef } from "../chart/chart";
import { ErrorState } from "../state-card/error-state";
import { LoadingRows, RefreshingBar } from "../state-card/loading-rows";
import { useChartFiles } from "./chart-files";
import classes from "./chart-grid.module.css";
import { useDashboard } from "./dashboard-context";
import { useDefine } from "./define-context";

const plotHeight = 104;

type Props = {
  spec: ChartSpec;
  /** One subject; "": all in scope. */
  subject?: string;
  /** Of that subject, for who cannot see where the chart stands. */
  label?: string;
  onPoint?: (chart: string, subject: string) => void;
};

/** A chart of the page with its own loading and its own error, so that one that fails leaves the others. */
export function PageChart({ spec, subject = "", label = "", onPoint }: Props) {
  const { page, view } = useDashboard();
  const define = useDefine();
  const navigate = useNavigate();
  const files = useChartFiles(`${page.name}-${spec.name}`);
  const query = useQuery({ ...chartQuery(page.name, spec.name, subject, view), placeholderData: keepPreviousData });
  const onOpen = useCallback(
    (ref: ChartRef) => define({ name: ref.name, subject: ref.subject || subject, view }),
    [define, subject, view],
  );
  const onMarker = useCallback((link: string) => void navigate(linkTo(link)), [navigate]);
  const point = useCallback((chosen: string) => onPoint?.(spec.name, chosen), [onPoint, spec.name]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.chart} aria-label={label === "" ? spec.title : `${spec.title}, ${label}`} tabIndex={0}>
      <RefreshingBar active={query.isFetching && !query.isPending} />
      {query.isPending && <LoadingRows rows={5} label={`Drawing ${spec.title}`} />}
      {query.isError && (
        <ErrorState
          effect={`${spec.title} could not be drawn.`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data && (
        <Chart
          kind={query.data.kind}
          data={query.data.data}
          about={spec.title}
          height={plotHeight}
          syncKey={page.name}
          onOpen={onOpen}
          onPoint={onPoint && point}
          onMarker={onMarker}
          onSavePng={files.png}
          onSaveCsv={files.csv}
        />
      )}
    </section>
  );
}
