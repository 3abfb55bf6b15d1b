import type { ChartData } from "@/lib/dashboards/types";
import { tokenColours } from "../theme/token-colours";
import { type DrawingKind, drawingHeight } from "./drawing-items";
import { drawingOption } from "./drawing-options";
import { init } from "./echarts";

type Place = { host: Element; width: number; height: number | undefined; locale: string };

/** Draws a waterfall, calendar or scatter once more at twice the size. */
export function drawingPicture(kind: DrawingKind, data: ChartData, { host, width, height: asked, locale }: Place) {
  const height = drawingHeight(kind, data, asked);
  const chart = init(document.createElement("div"), null, { renderer: "canvas", width, height, devicePixelRatio: 2 });
  chart.setOption(drawingOption(kind, data, { width, height, colour: tokenColours(host), locale }));
  const canvas = chart.renderToCanvas({ pixelRatio: 2 });
  chart.dispose();
  return canvas;
}
