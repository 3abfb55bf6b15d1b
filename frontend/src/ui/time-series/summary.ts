import { dayFromNumber, formatDay, formatNumber } from "@/lib/format";
import { unitOf } from "../fact/wording";
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

/** A value with its unit: as many decimals as its size needs, of amounts cents. */
export function valueText(value: number, unit: string, locale: string): string {
  const text = formatNumber(value, locale, digitsOf(value, unit));
  return unit === "" ? text : `${text} ${unitOf(text, unit)}`;
}

function digitsOf(value: number, unit: string): number {
  if (Number.isInteger(value)) return 0;
  const isAmount = /^[A-Z]{3}$/.test(unit);
  return isAmount || Math.abs(value) < 10 ? 2 : 1;
}

/** A value at the axis, where there is little room: "12k", "1.2M". */
export function axisText(value: number, locale: string): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${shortText(value / 1e6, locale)}M`;
  if (size >= 1e4) return `${shortText(value / 1e3, locale)}k`;
  return shortText(value, locale);
}

function shortText(value: number, locale: string): string {
  const digits = Number.isInteger(value) ? 0 : Number.isInteger(value * 10) ? 1 : 2;
  return formatNumber(value, locale, digits);
}

function knownPoints(days: readonly number[], values: readonly (number | null)[]): Point[] {
  const points: Point[] = [];
  days.forEach((day, index) => {
    const value = values[index] ?? null;
    if (value !== null) points.push({ day, value });
  });
  return points;
}
