import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { toCallError } from "@/lib/call";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { sweepQuery } from "../../api/studio-queries";
import type { SweepPoint, ThresholdModel } from "../../api/studio-types";
import classes from "./studio.module.css";
import { useStudio } from "./studio-context";

const days = 90;
const pauseMs = 250;
const wide = 320;
const high = 64;

/** How many match now for each value of a figure, and how many a week it would have been. */
export function SweepCurve({ threshold }: { threshold: ThresholdModel }) {
  const { state } = useStudio();
  const [yaml] = useDebouncedValue(state.checked, pauseMs);
  const query = useQuery({
    ...sweepQuery(yaml, threshold.name, days),
    enabled: state.problems.length === 0 && yaml !== "",
    placeholderData: keepPreviousData,
  });
  const { locale } = useDisplay();
  if (query.error) return <p className={classes.curveNote}>{toCallError(query.error).message}</p>;
  const points = query.data?.points ?? [];
  if (points.length < 2) {
    return <p className={classes.curveNote}>{query.isFetching ? "Trying other values…" : "No other values to try."}</p>;
  }
  const now = nearest(points, threshold.value ?? 0);
  const words = `At ${now.text}: ${formatNumber(now.matches, locale)} match now, about ${formatNumber(now.per_week, locale, 1)} a week over ${days} days.`;
  return (
    <div>
      <Curve points={points} threshold={threshold} />
      <p className={classes.curveNote} aria-live="polite">
        {words}
      </p>
      <details className={classes.more}>
        <summary>All values as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{threshold.title || threshold.name}</th>
              <th scope="col">Match now</th>
              <th scope="col">A week</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.value}>
                <th scope="row">{point.text}</th>
                <td>{formatNumber(point.matches, locale)}</td>
                <td>{formatNumber(point.per_week, locale, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

/** Bars: matches now. Line: a week. The thin rule stands at the value of the draft. */
function Curve({ points, threshold }: { points: readonly SweepPoint[]; threshold: ThresholdModel }) {
  const { min, max, value } = threshold;
  const span = max - min || 1;
  const x = (at: number) => 4 + ((at - min) / span) * (wide - 8);
  const most = Math.max(1, ...points.map(({ matches }) => matches));
  const busiest = Math.max(0.1, ...points.map(({ per_week }) => per_week));
  const bar = Math.max(2, ((wide - 8) / points.length) * 0.7);
  const line = points.map(
    (point) => `${x(point.value).toFixed(1)},${(high - 2 - (point.per_week / busiest) * (high - 8)).toFixed(1)}`,
  );
  return (
    <svg className={classes.curve} viewBox={`0 0 ${wide} ${high}`} preserveAspectRatio="none" aria-hidden="true">
      {points.map((point) => {
        const tall = (point.matches / most) * (high - 8);
        return (
          <rect
            key={point.value}
            x={x(point.value) - bar / 2}
            y={high - 2 - tall}
            width={bar}
            height={tall}
            fill="var(--band)"
          />
        );
      })}
      <polyline
        points={line.join(" ")}
        fill="none"
        stroke="var(--series-1)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
      <line
        x1={x(value ?? min)}
        x2={x(value ?? min)}
        y1="0"
        y2={high}
        stroke="var(--accent)"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

function nearest(points: readonly SweepPoint[], value: number): SweepPoint {
  return points.reduce((best, point) => (Math.abs(point.value - value) < Math.abs(best.value - value) ? point : best));
}
