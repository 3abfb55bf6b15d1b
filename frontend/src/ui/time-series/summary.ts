import { dayFromNumber, formatDay, formatNumber } from "@/lib/format";
import type { SeriesData } from "./series";

type Point = { day: number; value: number };

/** What a line does, in a sentence, for those who do not see the chart. */
export function summarise(data: SeriesData, locale: string, now: string): string {
  const sentences = data.lines.map((line) => {
    const points = knownPoints(data.days, line.values);
    const first = points[0];
    const last = points.at(-1);
    if (!first || !last) return `${line.label}: no day is known.`;
    const low = points.reduce((a, b) => (b.value < a.value ? b : a));
    const high = points.reduce((a, b) => (b.value > a.value ? b : a));
    const say = (point: Point) => `${valueText(point.value, data.unit, locale)} on ${dayText(point.day, locale, now)}`;
    return `${line.label}: from ${say(first)} to ${say(last)}; lowest ${say(low)}, highest ${say(high)}.`;
  });
  if (data.settlingFrom > 0) sentences.push(`Still settling from ${dayText(data.settlingFrom, locale, now)}.`);
  return sentences.join(" ");
}

/** What the cursor stands on: "24 Nov: On hand 212 units". */
export function readOut(data: SeriesData, index: number, locale: string, now: string): string {
  const day = data.days[index];
  if (day === undefined) return "";
  const values = data.lines.map((line) => {
    const value = line.values[index] ?? null;
    return `${line.label} ${value === null ? "not known" : valueText(value, data.unit, locale)}`;
  });
  const settling = data.settlingFrom > 0 && day >= data.settlingFrom ? ", settling" : "";
  return `${dayText(day, locale, now)}: ${values.join(", ")}${settling}`;
}

export function dayText(day: number, locale: string, now: string): string {
  return formatDay(dayFromNumber(day), locale, now);
}

export function valueText(value: number, unit: string, locale: string): string {
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1;
  const text = formatNumber(value, locale, digits);
  return unit === "" ? text : `${text} ${unit}`;
}

function knownPoints(days: readonly number[], values: readonly (number | null)[]): Point[] {
  const points: Point[] = [];
  days.forEach((day, index) => {
    const value = values[index] ?? null;
    if (value !== null) points.push({ day, value });
  });
  return points;
}

/** Where a key moves the cursor among `count` days, or null when it does not. */
export function moveCursor(key: string, index: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: count - 1 };
  const next = steps[key];
  return next === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, next));
}
