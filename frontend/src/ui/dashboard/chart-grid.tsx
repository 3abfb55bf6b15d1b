import type { CSSProperties } from "react";
import { memo } from "react";
import type { ChartsShown } from "@/lib/dashboards/search";
import classes from "./chart-grid.module.css";
import { ChoiceMenu } from "./choice-menu";
import { useDashboard } from "./dashboard-context";
import { type Layout, type PlacedChart, placeCharts } from "./layout";
import { PageChart } from "./page-chart";

type Props = { layout: Layout; onPoint: (chart: string, subject: string) => void };

/** The charts of a page: a row of them, the others on demand, or none to give the table the room. */
export const ChartGrid = memo(function ChartGrid({ layout, onPoint }: Props) {
  const { page, search } = useDashboard();
  const rows = placeCharts(page.charts, layout, search.charts);
  if (rows.length === 0) return null;
  return (
    <section className={classes.charts} aria-label="Charts" data-narrow={search.sel !== undefined}>
      {rows.map((charts) => (
        <Row key={charts.map(({ spec }) => spec.name).join(" ")} charts={charts} onPoint={onPoint} />
      ))}
    </section>
  );
});

/** How many of the charts are shown. */
export const ChartsMenu = memo(function ChartsMenu({ layout }: { layout: Layout }) {
  const { page, search, change } = useDashboard();
  const first = placeCharts(page.charts, layout, undefined).flat().length;
  const all = page.charts.length;
  if (all === 0) return null;
  const choices = [
    { value: "first", title: first === 1 ? "One chart" : `${first} charts` },
    ...(all > first ? [{ value: "all", title: `All ${all} charts` }] : []),
    { value: "none", title: "No charts, more rows" },
  ];
  const shown = { none: "No charts", all: `${all} charts`, first: first === 1 ? "1 chart" : `${first} charts` };
  const value = search.charts ?? "first";
  return (
    <ChoiceMenu
      label="Charts shown"
      shown={value === "first" && all > first ? `${first} of ${all} charts` : shown[value]}
      active={search.charts !== undefined}
      value={value}
      choices={choices}
      onChange={(next) => change({ charts: next === "first" ? undefined : (next as ChartsShown) })}
    />
  );
});

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
