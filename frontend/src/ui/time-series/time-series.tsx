import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import { DaysPlot } from "./days-plot";
import { DecisionLane } from "./decision-lane";
import { Grow } from "./grow";
import { daysRoom, drawnLines } from "./roles";
import type { SeriesData } from "./series";
import { SeriesLegend } from "./series-legend";
import classes from "./time-series.module.css";
import { useDayCursor } from "./use-day-cursor";

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
  const { ref, width } = useElementSize();
  const cursor = useDayCursor(data, syncKey);
  const { drawn, leftOut } = useMemo(() => drawnLines(data.lines, data.columns), [data.lines, data.columns]);
  return (
    <div ref={ref} className={classes.series}>
      <Grow least={height + daysRoom}>
        {(room) => (
          <DaysPlot data={data} drawn={drawn} title={title} describedBy={describedBy} height={room} cursor={cursor} />
        )}
      </Grow>
      {data.markers.length > 0 && (
        <DecisionLane data={data} drawn={drawn} width={width} onMarker={onMarker} onDay={cursor.setDay} />
      )}
      <SeriesLegend data={data} drawn={drawn} index={cursor.shown} leftOut={leftOut} />
    </div>
  );
}
