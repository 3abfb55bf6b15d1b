import { useDisplay } from "@/lib/display";
import { unknownMark } from "@/lib/format";
import type { SeriesData } from "./series";
import { dayText, valueText } from "./summary";
import classes from "./time-series.module.css";

/** The numbers of a chart, newest day first. */
export function SeriesTable({ title, data }: { title: string; data: SeriesData }) {
  const { locale, now } = useDisplay();
  const order = data.days.map((_, index) => data.days.length - 1 - index);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.tableBox} tabIndex={0} aria-label={title}>
      <table className={classes.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {data.lines.map((line) => (
              <th key={line.label} scope="col">
                {line.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map((index) => {
            const day = data.days[index] ?? 0;
            const settling = data.settlingFrom > 0 && day >= data.settlingFrom;
            return (
              <tr key={day}>
                <th scope="row">
                  {dayText(day, locale, now)}
                  {settling && " ◐ settling"}
                </th>
                {data.lines.map((line) => {
                  const value = line.values[index] ?? null;
                  return <td key={line.label}>{value === null ? unknownMark : valueText(value, data.unit, locale)}</td>;
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
