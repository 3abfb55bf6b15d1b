import uPlot from "uplot";
import { tokenColours } from "../theme/token-colours";
import type { DrawnLine } from "./roles";
import type { SeriesData } from "./series";
import { aligned } from "./series-canvas";
import { seriesOptions } from "./series-options";
import { axisText, dayText } from "./summary";

type Place = { host: Element; width: number; height: number; locale: string; now: string };

/** Draws the lines once more at twice the size. `host` says which colours hold. */
export async function seriesPicture(
  data: SeriesData,
  drawn: readonly DrawnLine[],
  { host, width, height, locale, now }: Place,
): Promise<HTMLCanvasElement> {
  const colour = tokenColours(host);
  const options = seriesOptions(data, drawn, {
    width,
    height,
    // uPlot itself draws larger on dense screens.
    scale: 2 / uPlot.pxRatio,
    colour,
    day: (day) => dayText(day, locale, now),
    value: (value) => axisText(value, locale),
  });
  const plot = new uPlot(options, aligned(data, drawn), document.createElement("div"));
  // uPlot draws after the current task.
  await new Promise((done) => setTimeout(done));
  const canvas = document.createElement("canvas");
  canvas.width = plot.ctx.canvas.width;
  canvas.height = plot.ctx.canvas.height;
  canvas.getContext("2d")?.drawImage(plot.ctx.canvas, 0, 0);
  plot.destroy();
  return canvas;
}
