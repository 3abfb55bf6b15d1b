import type { Colour } from "../theme/token-colours";
import { type DrawnLine, labelRoom } from "../time-series/roles";

/** Height of the legend in a picture. */
export const legendHeight = 20;

/** The lines that a picture must name below the plot, because they are not named where they end. */
export function unnamedLines(drawn: readonly DrawnLine[], width: number): DrawnLine[] {
  const named = drawn.filter((line) => line.style.form !== "band");
  return drawn.length > 1 && labelRoom(drawn, width) < 60 ? named : [];
}

/** Writes the names of the lines in a row, each behind a piece of its line. */
export function drawLegend(
  ctx: CanvasRenderingContext2D,
  lines: readonly DrawnLine[],
  colour: Colour,
  left: number,
  top: number,
): void {
  const middle = top + legendHeight / 2;
  let x = left;
  ctx.save();
  ctx.font = '400 11px "Inter Variable", system-ui, sans-serif';
  ctx.textBaseline = "middle";
  for (const { label, style } of lines) {
    ctx.strokeStyle = colour(style.token);
    ctx.fillStyle = colour(style.token);
    if (style.form === "column") ctx.fillRect(x + 5, middle - 4, 8, 8);
    else {
      ctx.lineWidth = 1.8;
      ctx.setLineDash(style.dash);
      ctx.beginPath();
      ctx.moveTo(x, middle);
      ctx.lineTo(x + 18, middle);
      ctx.stroke();
    }
    ctx.fillStyle = colour("--ink-2");
    ctx.fillText(label, x + 24, middle);
    x += 24 + ctx.measureText(label).width + 16;
  }
  ctx.restore();
}
