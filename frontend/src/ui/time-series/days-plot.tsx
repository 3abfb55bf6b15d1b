import { lazy, Suspense } from "react";
import { useDisplay } from "@/lib/display";
import { PlotCursor } from "../plot-cursor/plot-cursor";
import type { DrawnLine } from "./roles";
import type { SeriesData } from "./series";
import type { Frame } from "./series-look";
import { readOut } from "./summary";
import { Unavailable } from "./unavailable";
import type { DayCursor } from "./use-day-cursor";

/** Without the drawing library (a web view may refuse it) the numbers are still there as a table. */
const Canvas = lazy(() =>
  import("./series-canvas").then(
    (module) => ({ default: module.SeriesCanvas }),
    () => ({ default: Unavailable }),
  ),
);

type Props = {
  /** Keep the same object while nothing changed, so that it is not drawn again. */
  data: SeriesData;
  drawn: readonly DrawnLine[];
  /** The finding; names the cursor. */
  title: string;
  /** Id of the summary of the chart. */
  describedBy: string;
  /** Of all that is drawn, in pixels. */
  height: number;
  cursor: DayCursor;
  /** What is written around the plot; a constant. */
  frame?: Frame;
};

/** The lines of a chart with the cursor that keys and pointer move. */
export function DaysPlot({ data, drawn, title, describedBy, height, cursor, frame }: Props) {
  const { locale, now } = useDisplay();
  return (
    <PlotCursor
      label={`${title}, day under the cursor`}
      describedBy={describedBy}
      count={data.days.length}
      index={cursor.shown}
      text={readOut(data, cursor.shown, locale, now)}
      onMove={cursor.move}
      height={height}
    >
      <Suspense fallback={null}>
        <Canvas data={data} drawn={drawn} height={height} cursor={cursor.at} onCursor={cursor.move} frame={frame} />
      </Suspense>
    </PlotCursor>
  );
}
