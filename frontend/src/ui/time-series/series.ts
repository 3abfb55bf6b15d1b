/** One line of a chart: a value per day, null where the day is not known. */
export type SeriesLine = { label: string; values: readonly (number | null)[] };

export type SeriesData = {
  /** Days since 1970, ascending. */
  days: readonly number[];
  lines: readonly SeriesLine[];
  unit: string;
  /** First day that Amazon may still restate; 0 when all is settled. */
  settlingFrom: number;
};
