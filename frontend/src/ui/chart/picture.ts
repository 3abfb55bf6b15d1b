import type { Bar, Bullet, ChartData, ChartKind } from "@/lib/dashboards/types";
import { unknownMark } from "@/lib/format";
import { type Colour, tokenColours } from "../theme/token-colours";
import { daysRoom, drawnLines } from "../time-series/roles";
import { barScale, barSpan } from "./bars";
import { bulletStates, share } from "./bullets";
import { drawLegend, legendHeight, unnamedLines } from "./picture-legend";
import { seriesOf } from "./series-of";

type Place = {
  /** What the picture is as wide as, and takes its colours from. */
  host: HTMLElement;
  title: string;
  about: string;
  height: number | undefined;
  locale: string;
  now: string;
};

const margin = 16;
const family = '"Inter Variable", system-ui, sans-serif';

/** The chart as a PNG at twice its size: title, drawing and note on the surface of the theme. A data URL. */
export async function chartPicture(kind: ChartKind, data: ChartData, place: Place): Promise<string> {
  const colour = tokenColours(place.host);
  const width = Math.max(320, place.host.clientWidth);
  const plot = await plotOf(kind, data, place, width);
  const canvas = document.createElement("canvas");
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("this web view has no canvas");
  ctx.font = `560 14px ${family}`;
  const lines = wrapped(ctx, place.title, width);
  const head = lines.length * 20 + (place.about === "" ? 0 : 16) + 8;
  const unnamed = kind === "lines" || kind === "columns" ? unnamedLines(linesOf(kind, data).drawn, width) : [];
  const legend = unnamed.length > 0 ? legendHeight : 0;
  const foot = legend + (data.note === "" ? 0 : 20);
  canvas.width = (width + 2 * margin) * 2;
  canvas.height = (head + plot.height / 2 + foot + 2 * margin) * 2;
  ctx.scale(2, 2);
  ctx.fillStyle = colour("--surface");
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.textBaseline = "top";
  let y = margin;
  if (place.about !== "") {
    write(ctx, place.about, margin, y, `400 11px ${family}`, colour("--ink-3"));
    y += 16;
  }
  for (const line of lines) {
    write(ctx, line, margin, y, `560 14px ${family}`, colour("--ink"));
    y += 20;
  }
  ctx.drawImage(plot, margin, y + 8, plot.width / 2, plot.height / 2);
  drawLegend(ctx, unnamed, colour, margin, y + 10 + plot.height / 2);
  if (data.note !== "")
    write(ctx, data.note, margin, y + 12 + legend + plot.height / 2, `400 11px ${family}`, colour("--ink-3"));
  return canvas.toDataURL("image/png");
}

async function plotOf(kind: ChartKind, data: ChartData, place: Place, width: number): Promise<HTMLCanvasElement> {
  const { host, height, locale, now } = place;
  switch (kind) {
    case "lines":
    case "columns": {
      const { series, drawn } = linesOf(kind, data);
      const { seriesPicture } = await import("../time-series/series-picture");
      return seriesPicture(series, drawn, { host, width, height: (height ?? 136) + daysRoom, locale, now });
    }
    case "waterfall":
    case "calendar":
    case "scatter": {
      const { drawingPicture } = await import("./drawing-picture");
      return drawingPicture(kind, data, { host, width, height, locale });
    }
    case "bars":
      return rowsPicture(barRows(data.bars), width, tokenColours(host));
    case "bullets":
      return rowsPicture(bulletRows(data.bullets), width, tokenColours(host));
  }
}

function linesOf(kind: "lines" | "columns", data: ChartData) {
  const series = seriesOf(kind, data);
  return { series, drawn: drawnLines(series.lines, series.columns).drawn };
}

/** A row of named amounts; places are percent of the track. */
type Row = { label: string; start: number; width: number; token: string; tick: number | null; text: string };

function barRows(bars: readonly Bar[]): Row[] {
  const scale = barScale(bars);
  return bars.map((bar) => ({
    label: bar.label,
    ...(bar.known ? barSpan(bar, scale) : { start: 0, width: 0 }),
    token: bar.value < 0 ? "--loss" : "--gain",
    tick: scale.low < 0 ? scale.zero : null,
    text: bar.known ? bar.text : unknownMark,
  }));
}

function bulletRows(bullets: readonly Bullet[]): Row[] {
  const tokens = { good: "--ink-2", warning: "--warning", critical: "--critical", unknown: "--ink-3" };
  return bullets.map((bullet) => ({
    label: bullet.label,
    start: 0,
    width: bullet.value === null ? 0 : share(bullet.value, bullet),
    token: tokens[bullet.state],
    tick: bullet.target === null ? null : share(bullet.target, bullet),
    text: `${bullet.text || unknownMark}${bullet.against === "" ? "" : ` against ${bullet.against}`} · ${bulletStates[bullet.state].word}`,
  }));
}

function rowsPicture(rows: readonly Row[], width: number, colour: Colour): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = rows.length * 26 * 2;
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("this web view has no canvas");
  ctx.scale(2, 2);
  ctx.textBaseline = "middle";
  const font = `400 12px ${family}`;
  ctx.font = font;
  const textRoom = Math.min(width * 0.45, Math.max(0, ...rows.map((row) => ctx.measureText(row.text).width)) + 12);
  const left = Math.round(width * 0.28);
  const track = width - left - textRoom;
  rows.forEach((row, index) => {
    const y = index * 26 + 13;
    write(ctx, row.label, 0, y, font, colour("--ink"), left - 10);
    ctx.fillStyle = colour(row.token);
    ctx.fillRect(left + (row.start / 100) * track, y - 6, (row.width / 100) * track, 12);
    ctx.fillStyle = colour("--ink");
    if (row.tick !== null) ctx.fillRect(left + (row.tick / 100) * track - 1, y - 9, 2, 18);
    write(ctx, row.text, left + track + 12, y, font, colour("--ink"), textRoom - 12);
  });
  return canvas;
}

type Context = CanvasRenderingContext2D;

function write(ctx: Context, text: string, x: number, y: number, font: string, fill: string, room?: number) {
  ctx.font = font;
  ctx.fillStyle = fill;
  ctx.fillText(text, x, y, room);
}

function wrapped(ctx: Context, text: string, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && ctx.measureText(longer).width > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
