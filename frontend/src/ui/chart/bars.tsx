import type { Bar } from "@/lib/dashboards/types";
import { unknownMark } from "@/lib/format";
import classes from "./chart.module.css";
import type { ChartRef } from "./chart-props";
import { numbered } from "./numbered";

type Props = { bars: readonly Bar[]; onOpen?: (ref: ChartRef) => void };

/** More rows than this would push each other out of a card; the table has them all. */
export const mostBars = 7;

/** Named amounts, one line each; amounts below zero grow to the left of the common zero. */
export function Bars({ bars, onOpen }: Props) {
  const scale = barScale(bars);
  return (
    <ul className={classes.bars}>
      {numbered(bars.slice(0, mostBars)).map(({ id, item: bar }) => (
        <li key={id} title={bar.detail === "" ? bar.label : `${bar.label}: ${bar.detail}`}>
          {onOpen && bar.name !== "" ? (
            <button
              type="button"
              className={classes.bar}
              onClick={() => onOpen({ name: bar.name, subject: bar.subject })}
            >
              <Row bar={bar} scale={scale} />
            </button>
          ) : (
            <div className={classes.bar}>
              <Row bar={bar} scale={scale} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Row({ bar, scale }: { bar: Bar; scale: BarScale }) {
  const { start, width } = barSpan(bar, scale);
  return (
    <>
      <span className={classes.label}>
        {bar.label}
        {bar.detail !== "" && <span className={classes.detail}> {bar.detail}</span>}
      </span>
      <span className={classes.track} aria-hidden="true">
        {bar.known && (
          <span
            className={classes.fill}
            data-loss={bar.value < 0}
            style={{ insetInlineStart: `${start}%`, width: `${width}%` }}
          />
        )}
        {scale.low < 0 && <span className={classes.zero} style={{ insetInlineStart: `${scale.zero}%` }} />}
      </span>
      <span className={classes.amount}>{bar.known ? bar.text : unknownMark}</span>
    </>
  );
}

export type BarScale = { low: number; high: number; zero: number };

/** The scale that all bars share; it always has zero in it. */
export function barScale(bars: readonly Bar[]): BarScale {
  const values = bars.filter((bar) => bar.known).map((bar) => bar.value);
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const range = high - low || 1;
  return { low, high, zero: (-low / range) * 100 };
}

/** Where a bar begins and how long it is, in percent of the track; one that is not zero is never invisible. */
export function barSpan(bar: Bar, { low, high, zero }: BarScale): { start: number; width: number } {
  const range = high - low || 1;
  const width = bar.value === 0 ? 0 : Math.max(0.6, (Math.abs(bar.value) / range) * 100);
  return { start: bar.value < 0 ? zero - width : zero, width };
}
