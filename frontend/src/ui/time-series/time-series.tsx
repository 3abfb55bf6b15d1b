import { useElementSize } from "@mantine/hooks";
import { lazy, Suspense, useCallback, useMemo } from "react";
import { useDisplay } from "@/lib/display";
import { PlotCursor } from "../plot-cursor/plot-cursor";
import { DecisionLane } from "./decision-lane";
import { Grow } from "./grow";
import { daysRoom, drawnLines } from "./roles";
import type { SeriesData } from "./series";
import { SeriesLegend } from "./series-legend";
import { useCursorDay } from "./shared-cursor";
import { readOut } from "./summary";
import classes from "./time-series.module.css";
import { Unavailable } from "./unavailable";

/** Without the drawing library (a web view may refuse it) the numbers are still there as a table. */
const Canvas = lazy(() =>
  import("./series-canvas").then(
    (module) => ({ default: module.SeriesCanvas }),
    () => ({ default: Unavailable }),
  ),
);

type Props = {
  /** Keep the same object while nothing changed, so that it is not drawn again. */
  data: SeriesData;
  /** The finding; names the cursor. */
  title: string;
  /** Id of the summary of the chart. */
  describedBy: string;
  /** Of the plot in pixels, without the axis of days; in a higher card it grows. */
  height?: number;
  /** Charts with the same key share the day under the cursor. */
  syncKey?: string;
  onMarker?: (link: string) => void;
};

/** Daily values as lines or columns, with a cursor for the keyboard and what happened in a lane below. */
export function TimeSeries({ data, title, describedBy, height = 136, syncKey, onMarker }: Props) {
  const { locale, now } = useDisplay();
  const { ref, width } = useElementSize();
  const [day, setDay] = useCursorDay(syncKey);
  const { drawn, leftOut } = useMemo(() => drawnLines(data.lines, data.columns), [data.lines, data.columns]);
  const { days } = data;
  const count = days.length;
  const cursor = day === null ? -1 : days.indexOf(day);
  const shown = cursor >= 0 ? cursor : lastInRange(data);
  const move = useCallback((index: number) => setDay(days[index] ?? null), [setDay, days]);
  return (
    <div ref={ref} className={classes.series}>
      <Grow least={height + daysRoom}>
        {(room) => (
          <PlotCursor
            label={`${title}, day under the cursor`}
            describedBy={describedBy}
            count={count}
            index={shown}
            text={readOut(data, shown, locale, now)}
            onMove={move}
            height={room}
          >
            <Suspense fallback={null}>
              <Canvas data={data} drawn={drawn} height={room} cursor={cursor} onCursor={move} />
            </Suspense>
          </PlotCursor>
        )}
      </Grow>
      {data.markers.length > 0 && (
        <DecisionLane data={data} drawn={drawn} width={width} onMarker={onMarker} onDay={setDay} />
      )}
      <SeriesLegend data={data} drawn={drawn} index={shown} leftOut={leftOut} />
    </div>
  );
}

/** The last day with a value of its own: projections run past it. */
function lastInRange({ days, lines }: SeriesData): number {
  const main = lines.find((line) => line.role === "main") ?? lines[0];
  const last = main?.values.findLastIndex((value) => value !== null) ?? -1;
  return last < 0 ? days.length - 1 : last;
}
