import type { ChartData, ChartKind } from "@/lib/dashboards/types";
import type { SeriesData } from "../time-series/series";

/** The daily part of a chart's data, as the drawing takes it. */
export function seriesOf(kind: ChartKind, data: ChartData): SeriesData {
  return {
    days: data.days,
    lines: data.lines,
    unit: data.currency || data.unit,
    settlingFrom: data.settling_from,
    from: data.from,
    columns: kind === "columns",
    markers: data.markers,
  };
}
