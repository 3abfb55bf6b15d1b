import type { ChartMarker, LineRole } from "@/lib/dashboards/types";

/** One line of a chart: a value per day, null where the day is not known. */
export type SeriesLine = { label: string; role: LineRole; values: readonly (number | null)[] };

export type SeriesData = {
  /** Days since 1970, ascending. */
  days: readonly number[];
  lines: readonly SeriesLine[];
  /** Words the values: "units", or a currency. */
  unit: string;
  /** First day that Amazon may still restate; 0 when all is settled. */
  settlingFrom: number;
  /** First day of the chosen range, where days before it are drawn too; 0 when all are in it. */
  from: number;
  /** Draws the main series as columns. */
  columns: boolean;
  markers: readonly ChartMarker[];
};
