import type { LineRole } from "@/lib/dashboards/types";
import type { SeriesLine } from "./series";

/** How a line is drawn: colour and dashes both tell it apart. */
export type LineStyle = { token: string; dash: number[]; width: number; form: "line" | "column" | "band" };

export type DrawnLine = SeriesLine & { style: LineStyle };

/** More series than this cannot be told apart; the table has them all. */
export const mostSeries = 4;

const ownDashes: number[][] = [[], [8, 3, 2, 3], [2, 3], [12, 4]];

const helpers: Record<Exclude<LineRole, "main" | "second">, LineStyle> = {
  compare: { token: "--ink-3", dash: [4, 4], width: 1.4, form: "line" },
  limit: { token: "--warning", dash: [3, 3], width: 1.2, form: "line" },
  threshold: { token: "--warning", dash: [9, 4], width: 1.2, form: "line" },
  expected: { token: "--series-1", dash: [6, 4], width: 1.6, form: "line" },
  band_low: { token: "--band", dash: [], width: 0, form: "band" },
  band_high: { token: "--band", dash: [], width: 0, form: "band" },
};

/** The lines to draw with their styles, bands first so that they lie under the others. */
export function drawnLines(lines: readonly SeriesLine[], columns: boolean): { drawn: DrawnLine[]; leftOut: number } {
  let own = 0;
  const styled: DrawnLine[] = [];
  for (const line of lines) {
    if (line.role !== "main" && line.role !== "second") {
      styled.push({ ...line, style: helpers[line.role] });
      continue;
    }
    own += 1;
    if (own > mostSeries) continue;
    const form = columns && line.role === "main" ? "column" : "line";
    styled.push({ ...line, style: { token: `--series-${own}`, dash: ownDashes[own - 1] ?? [], width: 1.8, form } });
  }
  const rank = (line: DrawnLine) => (line.style.form === "band" ? 0 : line.style.form === "column" ? 1 : 2);
  return { drawn: styled.sort((a, b) => rank(a) - rank(b)), leftOut: Math.max(0, own - mostSeries) };
}

/** What is left of the plot where no line is named at its end: half of the last day. */
export const plainRoom = 20;

/** What is left of the plot for the labels at the ends of the lines; they need a wide plot and two lines. */
export function labelRoom(drawn: readonly DrawnLine[], width: number): number {
  const named = drawn.filter((line) => line.style.form === "line");
  return named.length > 0 && drawn.length > 1 && width >= 440 ? 112 : plainRoom;
}

/** Width of the axis of values. */
export const axisRoom = 46;

/** Height of the axis of days, with the air over the plot. */
export const daysRoom = 26;
