import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "@/lib/dashboards/types";
import { dayFromNumber, safeLocale } from "@/lib/format";
import { axisText } from "../time-series/summary";
import { calendarDay, calendarTop, type DrawingKind } from "./drawing-items";
import { type DrawingLook, fontFamily } from "./drawing-look";
import { waterfallOption } from "./waterfall-option";

/** What ECharts is told to draw. */
export function drawingOption(kind: DrawingKind, data: ChartData, look: DrawingLook): EChartsCoreOption {
  const base = {
    animation: false,
    textStyle: { fontFamily, fontSize: 11, color: look.colour("--ink-3") },
  };
  switch (kind) {
    case "waterfall":
      return { ...base, ...waterfallOption(data.bars, look) };
    case "calendar":
      return { ...base, ...calendarOption(data, look) };
    case "scatter":
      return { ...base, ...scatterOption(data, look) };
  }
}

/** Lowest and highest value of a calendar; about zero where there are losses, so that zero has no colour. */
export function calendarScale(data: ChartData): { low: number; high: number; losses: boolean } {
  const known = (data.lines[0]?.values ?? []).filter((value): value is number => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(...known, 0);
  const most = Math.max(-low, high) || 1;
  return low < 0 ? { low: -most, high: most, losses: true } : { low: 0, high: most, losses: false };
}

function calendarOption(data: ChartData, { width, colour, locale }: DrawingLook): EChartsCoreOption {
  const first = data.days[0] ?? 0;
  const last = data.days.at(-1) ?? first;
  const weeks = Math.ceil((last - first + 8) / 7);
  const cell = Math.max(4, Math.min(30, Math.floor((width - 40) / weeks)));
  const gap = cell < 9 ? 1 : 2;
  // A month is a little over four weeks wide; names that do not fit beside each other are written for every second.
  const every = cell * 4.3 < 26 ? 2 : 1;
  const { low, high, losses } = calendarScale(data);
  const values = data.lines[0]?.values ?? [];
  const name = (at: Date, form: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(safeLocale(locale), { ...form, timeZone: "UTC" }).format(at);
  const weekday = Array.from({ length: 7 }, (_, day) =>
    day % 2 === 1 ? name(new Date(Date.UTC(2023, 0, 1 + day)), { weekday: "short" }) : "",
  );
  const month = Array.from({ length: 12 }, (_, index) =>
    index % every === 0 ? name(new Date(Date.UTC(2026, index, 15)), { month: "short" }) : "",
  );
  return {
    calendar: {
      left: 36,
      top: calendarTop,
      cellSize: [cell, calendarDay],
      range: [dayFromNumber(first), dayFromNumber(last)],
      splitLine: { show: false },
      itemStyle: { color: "transparent", borderWidth: gap, borderColor: colour("--surface") },
      yearLabel: { show: false },
      monthLabel: { nameMap: month, color: colour("--ink-3"), fontSize: 11, fontFamily },
      dayLabel: { firstDay: 1, nameMap: weekday, color: colour("--ink-3"), fontSize: 11, fontFamily },
    },
    visualMap: {
      show: false,
      min: low,
      max: high,
      dimension: 1,
      inRange: {
        color: losses
          ? [colour("--loss"), colour("--line"), colour("--gain")]
          : [colour("--info-wash"), colour("--series-1")],
      },
    },
    series: {
      type: "heatmap",
      coordinateSystem: "calendar",
      data: data.days.map((day, index) => {
        const value = values[index] ?? null;
        return {
          value: [dayFromNumber(day), value ?? "-"],
          itemStyle: { borderColor: colour("--surface"), borderWidth: gap, borderRadius: gap },
        };
      }),
      emphasis: { itemStyle: { borderColor: colour("--ink"), borderWidth: 2 } },
    },
  };
}

/** More points than this lie over each other, so they are drawn smaller and lighter. */
const crowded = 80;

/** How many of the points with the largest x are named. */
const namedPoints = 3;

function scatterOption(data: ChartData, { width, colour, locale }: DrawingLook): EChartsCoreOption {
  const crowd = data.points.length > crowded;
  const [small, grows] = crowd ? [3, 9] : [7, 19];
  const xs = data.points.map((point) => point.x);
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const byX = xs.map((x, index) => ({ x, index })).sort((a, b) => b.x - a.x);
  const named = new Set(byX.slice(0, namedPoints).map(({ index }) => index));
  const most = Math.max(...data.points.map((point) => point.size), 0);
  const axis = (title: string, unit: string) => ({
    type: "value",
    scale: true,
    name: unit === "" ? title : `${title} (${unit})`,
    nameTextStyle: { color: colour("--ink-3"), fontSize: 11, fontFamily },
    axisLine: { show: true, lineStyle: { color: colour("--line-strong") } },
    axisTick: { show: false },
    axisLabel: { color: colour("--ink-3"), fontSize: 11, formatter: (value: number) => axisText(value, locale) },
    splitLine: { lineStyle: { color: colour("--line") } },
  });
  return {
    grid: { left: 48, right: 16, top: 24, bottom: 38, outerBoundsMode: "none" },
    xAxis: { ...axis(data.x_title, data.x_unit), nameLocation: "middle", nameGap: 22 },
    yAxis: {
      ...axis(data.y_title, data.y_unit),
      nameLocation: "end",
      nameGap: 10,
      nameTextStyle: { color: colour("--ink-3"), fontSize: 11, fontFamily, align: "left", padding: [0, 0, 0, -44] },
    },
    series: {
      type: "scatter",
      data: data.points.map((point, index) => ({
        value: [point.x, point.y],
        symbolSize: most > 0 ? small + grows * Math.sqrt(Math.max(0, point.size) / most) : small + 2,
        label: {
          show: named.has(index),
          formatter: () => point.label,
          // Of points near the right edge the names would be cut off.
          position: (point.x - low) / (high - low || 1) > 0.6 ? "left" : "right",
        },
      })),
      label: {
        color: colour("--ink"),
        opacity: 1,
        textBorderColor: colour("--surface"),
        textBorderWidth: 2,
        fontSize: 11,
        fontFamily,
        width: Math.max(72, Math.round(width * 0.3)),
        overflow: "truncate",
      },
      labelLayout: { hideOverlap: true },
      itemStyle: {
        color: colour("--series-1"),
        opacity: crowd ? 0.4 : 0.55,
        borderColor: colour("--series-1"),
        borderWidth: crowd ? 0 : 1,
      },
      emphasis: { itemStyle: { opacity: 1, borderColor: colour("--ink"), borderWidth: 2 } },
    },
  };
}
