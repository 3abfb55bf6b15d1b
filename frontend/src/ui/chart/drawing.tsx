import type { EChartsType } from "echarts/core";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ChartData } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { PlotCursor } from "../plot-cursor/plot-cursor";
import { tokenColours } from "../theme/token-colours";
import { useDrawnScheme } from "../theme/use-drawn-scheme";
import { Grow } from "../time-series/grow";
import { valueText } from "../time-series/summary";
import { Unavailable } from "../time-series/unavailable";
import classes from "./chart.module.css";
import type { ChartRef } from "./chart-props";
import { type DrawingItem, type DrawingKind, drawingHeight, drawingItems } from "./drawing-items";
import { calendarScale, drawingOption } from "./drawing-options";
import { init } from "./echarts";

type Props = {
  kind: DrawingKind;
  data: ChartData;
  title: string;
  describedBy: string;
  height: number | undefined;
  onOpen: ((ref: ChartRef) => void) | undefined;
  onPoint: ((subject: string) => void) | undefined;
};

const words: Record<DrawingKind, string> = { waterfall: "step", calendar: "day", scatter: "point" };

/** A waterfall, calendar or scatter. The cursor walks over its parts; Enter opens the one it stands on. */
export function Drawing({ kind, data, title, describedBy, height: asked, onOpen, onPoint }: Props) {
  const { locale, now } = useDisplay();
  const items = useMemo(() => drawingItems(kind, data, locale, now), [kind, data, locale, now]);
  const [at, setAt] = useState(-1);
  const item = items[at];
  const open = (chosen: DrawingItem | undefined) => {
    if (!chosen) return;
    if (kind === "scatter" && chosen.subject !== "") onPoint?.(chosen.subject);
    if (kind === "waterfall" && chosen.name !== "") onOpen?.({ name: chosen.name, subject: chosen.subject });
  };
  return (
    <>
      <Grow least={drawingHeight(kind, data, asked)}>
        {(room) => {
          // Steps and days keep their size; only a scatter gains by height.
          const height = kind === "scatter" ? room : drawingHeight(kind, data, asked);
          return (
            <PlotCursor
              label={`${title}, ${words[kind]} under the cursor`}
              describedBy={describedBy}
              count={items.length}
              index={at < 0 && kind === "calendar" ? items.length : at}
              text={item?.text ?? `${items.length} ${words[kind]}s; arrow keys walk over them`}
              onMove={setAt}
              onEnter={() => open(item)}
              height={height}
            >
              <DrawingCanvas
                kind={kind}
                data={data}
                height={height}
                marked={item?.index ?? -1}
                onMark={(index) => setAt(items.findIndex((one) => one.index === index))}
                onPick={(index) => open(items.find((one) => one.index === index))}
              />
            </PlotCursor>
          );
        }}
      </Grow>
      <p className={classes.readout} aria-hidden="true" title={item?.text}>
        {item?.text ?? (kind === "calendar" ? <Scale data={data} /> : "")}
      </p>
    </>
  );
}

/** What the colours of a calendar mean. */
function Scale({ data }: { data: ChartData }) {
  const { locale } = useDisplay();
  const { low, high, losses } = calendarScale(data);
  const unit = data.currency || data.unit;
  return (
    <span className={classes.scale}>
      {valueText(low, unit, locale)}
      <span className={classes.ramp} data-losses={losses} />
      {valueText(high, unit, locale)}
      {data.lines[0]?.values.includes(null) && <span>· blank: not known</span>}
    </span>
  );
}

type CanvasProps = {
  kind: DrawingKind;
  data: ChartData;
  height: number;
  marked: number;
  onMark: (index: number) => void;
  onPick: (index: number) => void;
};

function DrawingCanvas({ kind, data, height, marked, onMark, onPick }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const handlers = useRef({ onMark, onPick });
  const [refused, setRefused] = useState(false);
  const scheme = useDrawnScheme();
  const { locale } = useDisplay();
  useEffect(() => {
    handlers.current = { onMark, onPick };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the scheme changes.
  useEffect(() => {
    const host = box.current;
    if (!host) return;
    const width = host.clientWidth;
    let made: EChartsType;
    const draw = () =>
      made.setOption(drawingOption(kind, data, { width: made.getWidth(), height, colour: tokenColours(host), locale }));
    try {
      made = init(host, null, { renderer: "canvas", width, height });
      draw();
    } catch {
      // A web view that gives no canvas must not take the page with it.
      setRefused(true);
      return;
    }
    chart.current = made;
    made.on("mouseover", ({ dataIndex }) => handlers.current.onMark(dataIndex));
    made.on("click", ({ dataIndex }) => handlers.current.onPick(dataIndex));
    made.on("globalout", () => handlers.current.onMark(-1));
    const observer = new ResizeObserver(() => {
      if (host.clientWidth === 0 || host.clientWidth === made.getWidth()) return;
      made.resize({ width: host.clientWidth, height });
      draw();
    });
    observer.observe(host);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, [kind, data, height, locale, scheme]);

  useEffect(() => {
    chart.current?.dispatchAction({ type: "downplay", seriesIndex: 0 });
    if (marked >= 0) chart.current?.dispatchAction({ type: "highlight", seriesIndex: 0, dataIndex: marked });
  }, [marked]);

  if (refused) return <Unavailable />;
  return <div ref={box} aria-hidden="true" />;
}
