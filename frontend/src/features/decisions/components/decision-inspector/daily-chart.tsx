import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Chart } from "@/ui/chart/chart";
import { dailyChartData } from "@/ui/chart/daily-chart-data";
import { seriesQuery } from "../../api/queries";
import classes from "./decision-inspector.module.css";

type Props = { series: string; subject: string; title: string; label: string };

/** A daily series of the SKU that the reasons rest on; nothing where fewer than two days are known. */
export function DailyChart({ series, subject, title, label }: Props) {
  const { data } = useQuery(seriesQuery(series, subject));
  const chart = useMemo(
    () =>
      data &&
      dailyChartData({
        title,
        label,
        days: data.days,
        values: data.values,
        unit: data.unit,
        settlingFrom: data.settling_from,
      }),
    [data, title, label],
  );
  if (!data || !chart || data.values.filter((value) => value !== null).length < 2) return null;
  return (
    <div className={classes.chart}>
      <Chart kind="lines" data={chart} height={96} />
    </div>
  );
}
