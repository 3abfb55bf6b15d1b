import type { ChartData, ChartKind } from "@/lib/dashboards/types";
import { unknownMark } from "@/lib/format";
import { dayText, valueText } from "../time-series/summary";

/** One thing of a drawing that the cursor can stand on, in the order it is walked. */
export type DrawingItem = {
  /** Its place in the data that is drawn. */
  index: number;
  text: string;
  name: string;
  subject: string;
};

export type DrawingKind = Extract<ChartKind, "waterfall" | "calendar" | "scatter">;

/** What can be walked over: bars from top to bottom, days, points from left to right. */
export function drawingItems(kind: DrawingKind, data: ChartData, locale: string, now: string): DrawingItem[] {
  switch (kind) {
    case "waterfall":
      return data.bars.map((bar, index) => ({
        index,
        text: [`${bar.label}: ${bar.known ? bar.text : unknownMark}`, bar.detail]
          .filter((part) => part !== "")
          .join(", "),
        name: bar.name,
        subject: bar.subject,
      }));
    case "calendar":
      return data.days.map((day, index) => {
        const value = data.lines[0]?.values[index] ?? null;
        const settling = data.settling_from > 0 && day >= data.settling_from ? ", settling" : "";
        const said = value === null ? "not known" : valueText(value, data.currency || data.unit, locale);
        return { index, text: `${dayText(day, locale, now)}: ${said}${settling}`, name: "", subject: "" };
      });
    case "scatter":
      return data.points
        .map((point, index) => ({
          index,
          x: point.x,
          text: `${point.label}: ${data.x_title} ${valueText(point.x, data.x_unit, locale)}, ${data.y_title} ${valueText(point.y, data.y_unit, locale)}`,
          name: "",
          subject: point.subject,
        }))
        .sort((a, b) => a.x - b.x);
  }
}

/** Of a step of a waterfall, in pixels. */
const rowHeight = 24;

/** Of a calendar: what the names of the months take, and a day. */
export const calendarTop = 18;
export const calendarDay = 18;

/** What the axes of a scatter take. */
const scatterAxes = 62;

/** Height of a drawing where the page does not say. */
export function drawingHeight(kind: DrawingKind, data: ChartData, asked: number | undefined): number {
  if (kind === "waterfall") return data.bars.length * rowHeight + 4;
  if (kind === "calendar") return calendarTop + 7 * calendarDay + 4;
  return (asked ?? 198) + scatterAxes;
}
