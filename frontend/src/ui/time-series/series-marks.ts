import type uPlot from "uplot";
import type { DrawnLine } from "./roles";
import type { SeriesData } from "./series";
import { type Look, secondsPerDay } from "./series-look";

/** Shades the days before the chosen range and draws a line where it begins. */
export function drawBefore(self: uPlot, data: SeriesData, { colour, scale }: Look): void {
  const first = data.days[0];
  if (data.from <= 0 || first === undefined || data.from <= first) return;
  const { ctx, bbox } = self;
  const to = Math.min(bbox.left + bbox.width, self.valToPos((data.from - 0.5) * secondsPerDay, "x", true));
  ctx.save();
  ctx.fillStyle = colour("--before");
  ctx.fillRect(bbox.left, bbox.top, to - bbox.left, bbox.height);
  ctx.fillStyle = colour("--line-strong");
  ctx.fillRect(to, bbox.top, scale, bbox.height);
  ctx.restore();
}

/** Draws slanted lines over the days that Amazon may still restate. */
export function drawHatch(self: uPlot, data: SeriesData, { colour, scale }: Look): void {
  const last = data.days.at(-1);
  if (data.settlingFrom <= 0 || last === undefined || last < data.settlingFrom) return;
  const { ctx, bbox } = self;
  const from = Math.max(bbox.left, self.valToPos((data.settlingFrom - 0.5) * secondsPerDay, "x", true));
  const right = bbox.left + bbox.width;
  ctx.save();
  ctx.beginPath();
  ctx.rect(from, bbox.top, right - from, bbox.height);
  ctx.clip();
  ctx.setLineDash([]);
  ctx.strokeStyle = colour("--hatch");
  ctx.lineWidth = 1.5 * scale;
  ctx.beginPath();
  for (let x = from - bbox.height; x < right; x += 8 * scale) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}

type EndLabel = { text: string; colour: string; y: number };

/** Names the lines where they end, in their colours, pushed apart where they would overlap. */
export function drawEndLabels(self: uPlot, drawn: readonly DrawnLine[], look: Look): void {
  const { ctx, bbox } = self;
  const ratio = ctx.canvas.width / (self.width || 1);
  const room = ctx.canvas.width - bbox.left - bbox.width - 8 * look.scale * ratio;
  if (room < 60 * look.scale * ratio) return;
  const size = 11 * look.scale * ratio;
  ctx.save();
  ctx.font = `${size}px "Inter Variable", system-ui, sans-serif`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const labels = apart(endLabels(self, drawn, look), size * 1.2, bbox.top, bbox.top + bbox.height);
  for (const label of labels) {
    ctx.fillStyle = label.colour;
    ctx.fillText(cut(ctx, label.text, room), bbox.left + bbox.width + 6 * look.scale * ratio, label.y);
  }
  ctx.restore();
}

function endLabels(self: uPlot, drawn: readonly DrawnLine[], { colour }: Look): EndLabel[] {
  return drawn.flatMap((line) => {
    const last = line.values.findLast((value) => value !== null);
    if (line.style.form !== "line" || last === undefined || last === null) return [];
    return [{ text: line.label, colour: colour(line.style.token), y: self.valToPos(last, "y", true) }];
  });
}

/** Moves labels that stand closer than `gap` apart, keeping their order and the bounds. */
export function apart<Label extends { y: number }>(
  labels: readonly Label[],
  gap: number,
  top: number,
  bottom: number,
): Label[] {
  const placed = labels.toSorted((a, b) => a.y - b.y).map((label) => ({ ...label }));
  let least = top;
  for (const label of placed) {
    label.y = Math.max(label.y, least);
    least = label.y + gap;
  }
  let most = bottom;
  for (const label of placed.toReversed()) {
    label.y = Math.min(label.y, most);
    most = label.y - gap;
  }
  return placed;
}

function cut(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text;
  let short = text;
  while (short.length > 1 && ctx.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}
