import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useDisplay } from "@/lib/display";
import { tokenColours } from "../theme/token-colours";
import { useDrawnScheme } from "../theme/use-drawn-scheme";
import type { DrawnLine } from "./roles";
import type { SeriesData } from "./series";
import { type Frame, secondsPerDay } from "./series-look";
import { seriesOptions } from "./series-options";
import { axisText, dayText } from "./summary";
import { Unavailable } from "./unavailable";

type Props = {
  data: SeriesData;
  drawn: readonly DrawnLine[];
  height: number;
  /** Index of the day under the cursor, -1 for none. */
  cursor: number;
  onCursor: (index: number) => void;
  frame?: Frame;
};

/** The lines themselves. Colours come from the tokens and follow the colour scheme. */
export function SeriesCanvas({ data, drawn, height, cursor, onCursor, frame }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [refused, setRefused] = useState(false);
  const scheme = useDrawnScheme();
  const { locale, now } = useDisplay();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the scheme changes.
  useEffect(() => {
    const host = box.current;
    if (!host) return;
    const look = {
      width: host.clientWidth,
      height,
      scale: 1,
      frame,
      colour: tokenColours(host),
      day: (day: number) => dayText(day, locale, now).replace(/ \d{4}$/, ""),
      value: (value: number) => axisText(value, locale),
    };
    const options = seriesOptions(data, drawn, look);
    options.hooks = {
      ...options.hooks,
      setCursor: [(self) => (self.cursor.event ? onCursor(self.cursor.idx ?? -1) : undefined)],
    };
    let made: uPlot;
    try {
      made = new uPlot(options, aligned(data, drawn), host);
    } catch {
      // A web view that gives no canvas must not take the page with it.
      setRefused(true);
      return;
    }
    plot.current = made;
    const observer = new ResizeObserver(() => {
      if (host.clientWidth > 0 && host.clientWidth !== made.width) made.setSize({ width: host.clientWidth, height });
    });
    observer.observe(host);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [data, drawn, height, locale, now, scheme, onCursor, frame]);

  useEffect(() => {
    const shown = plot.current;
    const day = data.days[cursor];
    if (!shown) return;
    const left = day === undefined ? -10 : shown.valToPos(day * secondsPerDay, "x");
    shown.setCursor({ left, top: day === undefined ? -10 : 0 }, false);
  }, [cursor, data.days]);

  if (refused) return <Unavailable />;
  return <div ref={box} aria-hidden="true" onPointerLeave={() => onCursor(-1)} />;
}

/** The columns uPlot draws: seconds, then the values of each line. */
export function aligned(data: SeriesData, drawn: readonly DrawnLine[]): uPlot.AlignedData {
  return [data.days.map((day) => day * secondsPerDay), ...drawn.map((line) => [...line.values])] as uPlot.AlignedData;
}
