import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useDisplay } from "@/lib/display";
import type { SeriesData } from "./series";
import { dayText, valueText } from "./summary";

const secondsPerDay = 86_400;
const dashes: number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

type Props = {
  data: SeriesData;
  height: number;
  zeroBase: boolean;
  /** Index of the day under the cursor, -1 for none. */
  cursor: number;
  onCursor: (index: number) => void;
};

/** The lines themselves. Colours come from the tokens and follow the colour scheme. */
export function SeriesCanvas({ data, height, zeroBase, cursor, onCursor }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const scheme = useComputedColorScheme("light");
  const { locale, now } = useDisplay();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the scheme changes.
  useEffect(() => {
    const host = box.current;
    if (!host) return;
    const texts = {
      day: (day: number) => dayText(day, locale, now).replace(/ \d{4}$/, ""),
      value: (value: number) => valueText(value, "", locale),
    };
    const options = chartOptions(data, { width: host.clientWidth, height, zeroBase }, texts, tokensOf(host));
    options.hooks = {
      ...options.hooks,
      setCursor: [(self) => (self.cursor.event ? onCursor(self.cursor.idx ?? -1) : undefined)],
    };
    const drawn = new uPlot(
      options,
      [data.days.map((day) => day * secondsPerDay), ...data.lines.map((line) => [...line.values])] as uPlot.AlignedData,
      host,
    );
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize({ width: host.clientWidth, height }));
    observer.observe(host);
    return () => {
      observer.disconnect();
      drawn.destroy();
      plot.current = undefined;
    };
  }, [data.days, data.lines, data.settlingFrom, data.unit, height, zeroBase, locale, now, scheme, onCursor]);

  useEffect(() => {
    const drawn = plot.current;
    const day = data.days[cursor];
    if (!drawn || day === undefined || drawn.cursor.event) return;
    drawn.setCursor({ left: drawn.valToPos(day * secondsPerDay, "x"), top: 0 }, false);
  }, [cursor, data.days]);

  return <div ref={box} aria-hidden="true" />;
}

type Tokens = { line: string; ink: string; hatch: string; series: string[] };

function tokensOf(element: Element): Tokens {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    line: token("--line"),
    ink: token("--ink-3"),
    hatch: token("--hatch"),
    series: [1, 2, 3, 4].map((n) => token(`--series-${n}`)),
  };
}

type Size = { width: number; height: number; zeroBase: boolean };
type Texts = { day: (day: number) => string; value: (value: number) => string };

function chartOptions(data: SeriesData, size: Size, texts: Texts, tokens: Tokens): uPlot.Options {
  const font = '11px "Inter Variable", system-ui, sans-serif';
  const axis = { stroke: tokens.ink, font, ticks: { show: false }, grid: { stroke: tokens.line, width: 1 } };
  return {
    width: size.width,
    height: size.height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    padding: [8, 8, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { y: { range: (_self, low, high) => yRange(low, high, size.zeroBase) } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 22,
        gap: 4,
        space: 64,
        incrs: [1, 2, 7, 14, 30, 60, 90, 180, 365].map((days) => days * secondsPerDay),
        values: (_self, splits) => splits.map((seconds) => texts.day(Math.round(seconds / secondsPerDay))),
      },
      { ...axis, size: 46, gap: 6, space: 34, values: (_self, splits) => splits.map(texts.value) },
    ],
    series: [
      {},
      ...data.lines.map((line, index) => ({
        label: line.label,
        stroke: tokens.series[index % 4],
        width: 1.8,
        dash: dashes[index % 4],
        points: { show: false },
        spanGaps: false,
      })),
    ],
    hooks: { drawClear: [(self) => hatch(self, data, tokens.hatch)] },
  };
}

function yRange(low: number, high: number, zeroBase: boolean): [number, number] {
  const bottom = zeroBase ? Math.min(0, low) : low;
  const room = (high - bottom || 1) * 0.08;
  return [zeroBase ? bottom : bottom - room, high + room];
}

/** Draws slanted lines over the days that Amazon may still restate. */
function hatch(self: uPlot, data: SeriesData, colour: string) {
  const last = data.days.at(-1);
  if (data.settlingFrom <= 0 || last === undefined || last < data.settlingFrom) return;
  const { ctx, bbox } = self;
  const from = Math.max(bbox.left, self.valToPos((data.settlingFrom - 0.5) * secondsPerDay, "x", true));
  const right = bbox.left + bbox.width;
  ctx.save();
  ctx.beginPath();
  ctx.rect(from, bbox.top, right - from, bbox.height);
  ctx.clip();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (let x = from - bbox.height; x < right; x += 8) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}
