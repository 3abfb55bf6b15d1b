import { Button } from "@mantine/core";
import type { CSSProperties } from "react";
import classes from "./chart-grid.module.css";
import { useDashboard } from "./dashboard-context";
import { type Layout, type PlacedChart, placeCharts } from "./layout";
import { PageChart } from "./page-chart";

type Props = { layout: Layout; onPoint: (chart: string, subject: string) => void };

/** The charts of a page: a row of them, the others on demand, or none to give the table the room. */
export function ChartGrid({ layout, onPoint }: Props) {
  const { page, search, change } = useDashboard();
  const { row, more, hidden } = placeCharts(page.charts, layout, search.charts);
  if (page.charts.length === 0) return null;
  return (
    <section className={classes.charts} aria-label="Charts">
      {row.length > 0 && <Row charts={row} onPoint={onPoint} />}
      {more.length > 0 && <Row charts={more} onPoint={onPoint} />}
      <div className={classes.fold}>
        {hidden > 0 && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => change({ charts: row.length > 0 ? "all" : undefined })}
          >
            {row.length > 0 ? `${hidden} more ${hidden === 1 ? "chart" : "charts"}` : "Show charts"}
          </Button>
        )}
        {more.length > 0 && (
          <Button variant="subtle" size="compact-xs" onClick={() => change({ charts: undefined })}>
            Fewer charts
          </Button>
        )}
        {row.length > 0 && (
          <Button variant="subtle" size="compact-xs" onClick={() => change({ charts: "none" })}>
            Fold charts
          </Button>
        )}
      </div>
    </section>
  );
}

function Row({ charts, onPoint }: { charts: PlacedChart[]; onPoint: Props["onPoint"] }) {
  const columns = charts.map(({ share }) => `minmax(0, ${share}fr)`).join(" ");
  return (
    <div className={classes.row} style={{ "--columns": columns } as CSSProperties}>
      {charts.map(({ spec }) => (
        <PageChart key={spec.name} spec={spec} onPoint={onPoint} />
      ))}
    </div>
  );
}
