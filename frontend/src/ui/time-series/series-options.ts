import uPlot from "uplot";
import type { Colour } from "../theme/token-colours";
import { dayRange } from "./lane";
import { lonelyDays } from "./lonely-days";
import { axisRoom, type DrawnLine, daysRoom, labelRoom, plainRoom } from "./roles";
import type { SeriesData } from "./series";
import { type Look, secondsPerDay, wholeFrame } from "./series-look";
import { drawBefore, drawEndLabels, drawHatch } from "./series-marks";

/** uPlot's options for the lines of a chart, without anything that reacts to the pointer. */
export function seriesOptions(data: SeriesData, drawn: readonly DrawnLine[], look: Look): uPlot.Options {
  const { scale, colour, frame = wholeFrame } = look;
  const top = frame.days === "none" ? 4 : 6;
  const right = frame.named ? labelRoom(drawn, look.width) : plainRoom;
  const bottom = frame.days === "bottom" ? 0 : 4;
  const font = `${11 * scale}px "Inter Variable", system-ui, sans-serif`;
  const grid = { stroke: colour("--line"), width: scale };
  const axis = { stroke: colour("--ink-3"), font, ticks: { show: false } };
  const [first, last] = dayRange(data.days, data.columns);
  const zeroBase = drawn.some((line) => line.style.form === "column") || nearZero(drawn);
  return {
    width: look.width * scale,
    height: look.height * scale,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    padding: [top * scale, right * scale, bottom * scale, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: {
      x: { range: () => [first * secondsPerDay, last * secondsPerDay] },
      y: { range: (_self, low, high) => yRange(low, high, zeroBase) },
    },
    axes: [
      {
        ...axis,
        show: frame.days !== "none",
        side: frame.days === "top" ? 0 : 2,
        grid: { show: false },
        size: (daysRoom - 6) * scale,
        gap: 4 * scale,
        space: 64 * scale,
        incrs: [1, 2, 7, 14, 30, 60, 90, 180, 365].map((days) => days * secondsPerDay),
        values: (_self, splits) => splits.map((seconds) => look.day(Math.round(seconds / secondsPerDay))),
      },
      {
        ...axis,
        grid,
        size: axisRoom * scale,
        gap: 6 * scale,
        space: (frame.named ? 34 : 20) * scale,
        values: (_self, splits) => splits.map((value) => look.value(value)),
      },
    ],
    series: [{}, ...drawn.map((line) => series(line, colour, scale))],
    bands: bands(drawn, colour),
    hooks: {
      drawClear: [(self) => drawBefore(self, data, look), (self) => !data.columns && drawHatch(self, data, look)],
      // Columns would cover the slanted lines.
      draw: [
        (self) => data.columns && drawHatch(self, data, look),
        (self) => frame.named && drawEndLabels(self, drawn, look),
      ],
    },
  };
}

function series({ label, style, values }: DrawnLine, colour: Colour, scale: number): uPlot.Series {
  const common = { label, stroke: colour(style.token), width: style.width * scale, spanGaps: false };
  if (style.form === "column") {
    const gain = colour("--gain");
    const loss = colour("--loss");
    const fills = values.map((value) => ((value ?? 0) < 0 ? loss : gain));
    const facet = { unit: 3 as const, values: () => fills };
    return {
      ...common,
      width: 0,
      fill: gain,
      points: { show: false },
      paths: uPlot.paths.bars?.({ size: [0.72, 28 * scale], disp: { fill: facet, stroke: facet } }),
    };
  }
  return {
    ...common,
    dash: style.dash.map((part) => part * scale),
    // A day whose neighbours are not known makes no line, so it gets a dot.
    points: {
      show: style.form === "line",
      size: 3 * scale,
      width: 0,
      fill: colour(style.token),
      filter: () => lonelyDays(values),
    },
  };
}

function bands(drawn: readonly DrawnLine[], colour: Colour): uPlot.Band[] {
  const low = drawn.findIndex((line) => line.role === "band_low");
  const high = drawn.findIndex((line) => line.role === "band_high");
  return low < 0 || high < 0 ? [] : [{ series: [high + 1, low + 1], fill: colour("--band") }];
}

/** A line far above zero would be flat on a scale that begins there. */
function nearZero(drawn: readonly DrawnLine[]): boolean {
  const known = drawn.flatMap((line) => line.values.filter((value) => value !== null));
  const low = Math.min(...known);
  const high = Math.max(...known);
  return !(low > 0 && low > (high - low) * 2);
}

function yRange(low: number, high: number, zeroBase: boolean): [number, number] {
  const bottom = zeroBase ? Math.min(0, low) : low;
  const top = zeroBase ? Math.max(0, high) : high;
  // What hardly changes gets room around it: finer steps would be longer numbers than fit at the axis.
  const flat = top === bottom ? Math.abs(top) * 0.1 || 1 : Math.abs(top) * 0.002;
  const room = Math.max((top - bottom) * 0.08, flat);
  return [zeroBase && low >= 0 ? bottom : bottom - room, top + room];
}
