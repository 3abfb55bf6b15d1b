import { Button } from "@mantine/core";
import { type KeyboardEvent, lazy, Suspense, useId, useState } from "react";
import { useDisplay } from "@/lib/display";
import type { SeriesData } from "./series";
import { SeriesTable } from "./series-table";
import { moveCursor, readOut, summarise } from "./summary";
import classes from "./time-series.module.css";

/** Without the drawing library (a web view may refuse it) the numbers are still there as a table. */
const Canvas = lazy(() =>
  import("./series-canvas").then(
    (module) => ({ default: module.SeriesCanvas }),
    () => ({ default: Unavailable }),
  ),
);

function Unavailable() {
  return <p className={classes.unavailable}>The chart cannot be drawn here. The table has the same numbers.</p>;
}

type Props = SeriesData & {
  /** The finding: "SKU-104 sells out 12 Dec". */
  title: string;
  height?: number;
  /** Begins the axis at zero, as amounts and counts should. */
  zeroBase?: boolean;
};

/** Daily values as lines, with a cursor for the keyboard and the same numbers as a table. */
export function TimeSeries({ title, height = 160, zeroBase = true, ...data }: Props) {
  const { locale, now } = useDisplay();
  const [asTable, setAsTable] = useState(false);
  const [cursor, setCursor] = useState(-1);
  const summaryId = useId();
  const count = data.days.length;
  const shown = cursor >= 0 ? cursor : count - 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveCursor(event.key, shown, count);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setCursor(next);
  };
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span className={classes.title}>{title}</span>
        <Button variant="subtle" size="compact-sm" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? "View as chart" : "View as table"}
        </Button>
      </figcaption>
      <p id={summaryId} className="visually-hidden">
        {summarise(data, locale, now)}
      </p>
      {asTable ? (
        <SeriesTable title={title} data={data} />
      ) : (
        <>
          <div
            className={classes.plot}
            style={{ height }}
            role="slider"
            tabIndex={0}
            aria-label={`${title}, day under the cursor`}
            aria-describedby={summaryId}
            aria-valuemin={0}
            aria-valuemax={Math.max(0, count - 1)}
            aria-valuenow={Math.max(0, shown)}
            aria-valuetext={readOut(data, shown, locale, now)}
            onKeyDown={onKeyDown}
          >
            <Suspense fallback={null}>
              <Canvas data={data} height={height} zeroBase={zeroBase} cursor={cursor} onCursor={setCursor} />
            </Suspense>
          </div>
          <div className={classes.readout}>
            <span>{readOut(data, shown, locale, now)}</span>
            {data.settlingFrom > 0 && <span className={classes.settling}>hatched: still settling</span>}
          </div>
        </>
      )}
    </figure>
  );
}
