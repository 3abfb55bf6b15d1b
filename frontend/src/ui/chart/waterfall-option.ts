import type { EChartsCoreOption } from "echarts/core";
import type { Bar } from "@/lib/dashboards/types";
import { unknownMark } from "@/lib/format";
import { type DrawingLook, fontFamily } from "./drawing-look";
import { type Step, waterfallSteps } from "./waterfall-steps";

/** The parts of ECharts' arguments to a drawing function that are used here. */
type Drawer = { coord: (point: [number, number]) => [number, number] };
type Drawn = { dataIndex: number };

/** The steps of a sum from top to bottom, with what each adds or takes written beside it. */
export function waterfallOption(bars: readonly Bar[], { width, colour }: DrawingLook): EChartsCoreOption {
  const steps = waterfallSteps(bars);
  const label = Math.min(230, Math.round(width * 0.38));
  const ends = steps.flatMap((step) => [step.from, step.to]);
  const tones = {
    gain: colour("--gain"),
    loss: colour("--loss"),
    total: colour("--ink-2"),
    unknown: colour("--line-strong"),
  };
  return {
    grid: { left: label, right: 16, top: 2, bottom: 2, outerBoundsMode: "none" },
    xAxis: {
      type: "value",
      min: Math.min(0, ...ends),
      max: Math.max(0, ...ends) + roomForText(ends, width),
      axisLabel: { show: false },
      splitLine: { show: false },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: bars.map((bar) => bar.label),
      axisLine: { show: true, onZero: true, lineStyle: { color: colour("--line-strong") } },
      axisTick: { show: false },
      axisLabel: {
        interval: 0,
        width: label - 14,
        overflow: "truncate",
        align: "left",
        margin: label - 4,
        fontSize: 12,
        color: colour("--ink"),
      },
    },
    series: {
      type: "custom",
      data: steps.map((step, index) => [step.to, index]),
      encode: { x: 0, y: 1 },
      renderItem: (drawn: Drawn, drawer: Drawer) =>
        stepShape({ drawn, drawer, steps, bars, tones, ink: colour("--ink"), line: colour("--ink-3") }),
    },
  };
}

/** Free space at the end of the scale, so that the amounts beside the longest bars are not cut. */
function roomForText(ends: readonly number[], width: number): number {
  const range = Math.max(0, ...ends) - Math.min(0, ...ends) || 1;
  return range * Math.min(0.5, 90 / Math.max(180, width * 0.7 - 90));
}

type ShapeInput = {
  drawn: Drawn;
  drawer: Drawer;
  steps: readonly Step[];
  bars: readonly Bar[];
  tones: Record<Step["tone"], string>;
  ink: string;
  line: string;
};

const thick = 14;

function stepShape({ drawn: { dataIndex }, drawer, steps, bars, tones, ink, line }: ShapeInput) {
  const step = steps[dataIndex];
  const bar = bars[dataIndex];
  if (!step || !bar) return null;
  const [left, y] = drawer.coord([Math.min(step.from, step.to), dataIndex]);
  const [right] = drawer.coord([Math.max(step.from, step.to), dataIndex]);
  const [end] = drawer.coord([step.to, dataIndex]);
  const next = dataIndex + 1 < steps.length ? drawer.coord([step.to, dataIndex + 1])[1] : null;
  const width = Math.max(1.5, right - left);
  return {
    type: "group",
    children: [
      {
        type: "rect",
        shape: { x: left, y: y - thick / 2, width, height: thick, r: 2 },
        style: { fill: tones[step.tone] },
        emphasis: { style: { stroke: ink, lineWidth: 2 } },
      },
      ...(next === null
        ? []
        : [
            {
              type: "line",
              silent: true,
              shape: { x1: end, y1: y + thick / 2, x2: end, y2: next - thick / 2 },
              style: { stroke: line, lineWidth: 1, lineDash: [2, 2] },
            },
          ]),
      {
        type: "text",
        silent: true,
        x: left + width + 6,
        y,
        style: {
          text: bar.known ? bar.text : unknownMark,
          fill: ink,
          font: `${bar.total ? 560 : 400} 12px ${fontFamily}`,
          verticalAlign: "middle",
        },
      },
    ],
  };
}
