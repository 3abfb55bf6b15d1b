import { lazy, Suspense, useId, useMemo, useRef, useState } from "react";
import type { ChartData, ChartKind } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { TimeSeries } from "../time-series/time-series";
import { Unavailable } from "../time-series/unavailable";
import { Bars, mostBars } from "./bars";
import { Bullets, mostBullets } from "./bullets";
import classes from "./chart.module.css";
import type { ChartProps } from "./chart-props";
import { ChartTools } from "./chart-tools";
import { drawingHeight } from "./drawing-items";
import { seriesOf } from "./series-of";
import { chartSummary, isEmptyChart } from "./summary";
import { tellsAmounts } from "./tells-amounts";
import { type TwinRow, twinOf } from "./twin";
import { TwinTable } from "./twin-table";

export type { ChartProps, ChartRef } from "./chart-props";

/** Waterfalls, calendars and scatters are rare and their library is large. */
const Drawing = lazy(() =>
  import("./drawing").then(
    (module) => ({ default: module.Drawing }),
    () => ({ default: Unavailable }),
  ),
);

/** A chart of any kind: its finding as title, the drawing, and the same numbers as a table. */
export function Chart(props: ChartProps) {
  const { kind, data, about = "", subjectLabel = "" } = props;
  const { locale, now, hide_amounts } = useDisplay();
  const [asTable, setAsTable] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const summaryId = useId();
  const titleId = useId();
  const hidden = hide_amounts && tellsAmounts(data);
  const empty = isEmptyChart(kind, data);
  // The finding may name the amounts.
  const title = (hidden ? about : data.title || about) || "Chart";
  const over = [data.title === "" || hidden ? "" : about, subjectLabel].filter((part) => part !== "").join(" · ");
  return (
    <figure className={classes.figure} aria-labelledby={titleId}>
      <figcaption className={classes.caption}>
        <span className={classes.clamp} title={over === "" ? title : `${over}: ${title}`}>
          <span id={titleId} className={classes.title}>
            {over !== "" && <span className="visually-hidden">{over}: </span>}
            {title}
          </span>
        </span>
        <ChartTools
          {...props}
          title={title}
          body={body}
          asTable={asTable}
          onAsTable={setAsTable}
          plain={empty || hidden}
          more={hidden ? 0 : moreRows(kind, data)}
        />
      </figcaption>
      <div ref={body} className={classes.body}>
        {hidden || empty ? (
          <p className={classes.empty} style={{ minHeight: Math.min(96, props.height ?? 96) }}>
            {hidden ? "Amounts are hidden." : data.note || "Nothing is known of these days yet."}
          </p>
        ) : (
          <>
            <p id={summaryId} className="visually-hidden">
              {chartSummary(kind, data, locale, now)}
            </p>
            {asTable ? <Twin {...props} title={title} /> : <Plot {...props} title={title} describedBy={summaryId} />}
            {data.note !== "" && (
              <p className={classes.note} title={data.note}>
                {data.note}
              </p>
            )}
          </>
        )}
      </div>
    </figure>
  );
}

/** Rows that only the table has. */
function moreRows(kind: ChartKind, data: ChartData): number {
  if (kind === "bars") return Math.max(0, data.bars.length - mostBars);
  if (kind === "bullets") return Math.max(0, data.bullets.length - mostBullets);
  return 0;
}

type PartProps = ChartProps & { title: string };

function Twin({ kind, data, title, onOpen, onPoint }: PartProps) {
  const twin = useMemo(() => twinOf(kind, data), [kind, data]);
  const openable = (row: TwinRow) =>
    kind === "scatter" ? onPoint !== undefined && row.subject !== "" : onOpen !== undefined && row.name !== "";
  const open = (row: TwinRow) => {
    if (kind === "scatter") onPoint?.(row.subject);
    else onOpen?.({ name: row.name, subject: row.subject });
  };
  return <TwinTable title={title} twin={twin} onRow={open} openable={openable} />;
}

function Plot({
  kind,
  data,
  title,
  describedBy,
  height,
  syncKey,
  onOpen,
  onPoint,
  onMarker,
}: PartProps & { describedBy: string }) {
  const series = useMemo(() => seriesOf(kind, data), [kind, data]);
  switch (kind) {
    case "lines":
    case "columns":
      return (
        <TimeSeries
          data={series}
          title={title}
          describedBy={describedBy}
          height={height}
          syncKey={syncKey}
          onMarker={onMarker}
        />
      );
    case "bars":
      return <Bars bars={data.bars} onOpen={onOpen} />;
    case "bullets":
      return <Bullets bullets={data.bullets} onOpen={onOpen} />;
    case "waterfall":
    case "calendar":
    case "scatter":
      return (
        <Suspense fallback={<div style={{ height: drawingHeight(kind, data, height) }} />}>
          <Drawing
            kind={kind}
            data={data}
            title={title}
            describedBy={describedBy}
            height={height}
            onOpen={onOpen}
            onPoint={onPoint}
          />
        </Suspense>
      );
  }
}
