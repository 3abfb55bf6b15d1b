import { useQuery } from "@tanstack/react-query";
import { TimeSeries } from "@/ui/time-series/time-series";
import { seriesQuery } from "../../api/queries";
import type { DailySeries } from "../../api/types";
import classes from "./decision-inspector.module.css";

/** Stock and sales of the SKU day by day, as two charts on one scale each. */
export function StockChart({ subject }: { subject: string }) {
  const stock = useQuery(seriesQuery("inventory.on_hand", subject)).data;
  const sold = useQuery(seriesQuery("sales.units", subject)).data;
  return (
    <div className={classes.charts}>
      {hasDays(stock) && <SmallChart series={stock} title="Stock on hand" label="On hand" height={104} />}
      {hasDays(sold) && <SmallChart series={sold} title="Units sold a day" label="Sold" height={72} />}
    </div>
  );
}

type SmallProps = { series: DailySeries; title: string; label: string; height: number };

function SmallChart({ series, title, label, height }: SmallProps) {
  return (
    <TimeSeries
      title={title}
      days={series.days}
      lines={[{ label, values: series.values }]}
      unit={series.unit}
      settlingFrom={series.settling_from}
      height={height}
    />
  );
}

function hasDays(series: DailySeries | undefined): series is DailySeries {
  return series !== undefined && series.values.filter((value) => value !== null).length > 1;
}
