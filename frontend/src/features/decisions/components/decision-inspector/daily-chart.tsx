import { useQuery } from "@tanstack/react-query";
import { TimeSeries } from "@/ui/time-series/time-series";
import { seriesQuery } from "../../api/queries";
import classes from "./decision-inspector.module.css";

type Props = { series: string; subject: string; title: string; label: string };

/** A daily series of the SKU that the reasons rest on; nothing where fewer than two days are known. */
export function DailyChart({ series, subject, title, label }: Props) {
  const { data } = useQuery(seriesQuery(series, subject));
  if (!data || data.values.filter((value) => value !== null).length < 2) return null;
  return (
    <div className={classes.chart}>
      <TimeSeries
        title={title}
        days={data.days}
        lines={[{ label, values: data.values }]}
        unit={data.unit}
        settlingFrom={data.settling_from}
        height={96}
      />
    </div>
  );
}
