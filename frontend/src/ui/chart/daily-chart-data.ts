import type { ChartData } from "@/lib/dashboards/types";

type Daily = {
  /** The finding, or what the days are of. */
  title: string;
  label: string;
  /** Days since 1970, ascending. */
  days: number[];
  values: (number | null)[];
  unit: string;
  /** Of amounts, which can be hidden; their values are in major units. */
  currency?: string;
  /** First day that may still be restated; 0 when all is settled. */
  settlingFrom: number;
};

/** One daily series as the data of a chart. */
export function dailyChartData({ title, label, days, values, unit, currency = "", settlingFrom }: Daily): ChartData {
  return {
    title,
    summary: "",
    note: "",
    unit,
    currency,
    days,
    lines: [{ name: "", label, role: "main", values }],
    settling_from: settlingFrom,
    from: 0,
    markers: [],
    bars: [],
    bullets: [],
    points: [],
    x_title: "",
    x_unit: "",
    y_title: "",
    y_unit: "",
  };
}
