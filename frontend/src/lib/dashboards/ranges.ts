/** The ranges a person can choose, and stepping through them. Days are days of each marketplace. */
import { dayFromNumber, dayNumber, dayParts } from "../format";
import type { Comparison, DashboardSearch, RangePreset } from "./search";

export type RangeChoice = { preset: RangePreset; title: string; short: string; key?: string };

/** In the order in which they are offered; "custom" has its own form. */
export const rangeChoices: readonly RangeChoice[] = [
  { preset: "yesterday", title: "Yesterday", short: "1 d", key: "1" },
  { preset: "7d", title: "Last 7 days", short: "7 d", key: "2" },
  { preset: "28d", title: "Last 28 days", short: "28 d", key: "3" },
  { preset: "90d", title: "Last 90 days", short: "90 d", key: "4" },
  { preset: "365d", title: "Last 365 days", short: "1 y", key: "5" },
  { preset: "month", title: "This month", short: "This month" },
  { preset: "last_month", title: "Last month", short: "Last month" },
];

export type ComparisonChoice = { compare: Comparison; title: string; versus: string };

export const comparisonChoices: readonly ComparisonChoice[] = [
  { compare: "weekdays", title: "Same weekdays before", versus: "vs same weekdays before" },
  { compare: "previous", title: "Days just before", versus: "vs days before" },
  { compare: "year", title: "A year before", versus: "vs a year before" },
  { compare: "none", title: "No comparison", versus: "" },
];

export function comparisonOf(search: DashboardSearch): ComparisonChoice {
  const wanted = search.compare ?? "weekdays";
  return comparisonChoices.find((choice) => choice.compare === wanted) ?? comparisonChoices[0] ?? noChoice;
}

const noChoice: ComparisonChoice = { compare: "none", title: "No comparison", versus: "" };

/** The comparison after this one, around the ring. */
export function nextComparison(search: DashboardSearch): Comparison {
  const at = comparisonChoices.findIndex((choice) => choice.compare === comparisonOf(search).compare);
  return comparisonChoices[(at + 1) % comparisonChoices.length]?.compare ?? "weekdays";
}

/** Change of the address to a preset. */
export function toPreset(preset: RangePreset): DashboardSearch {
  return { range: preset === "28d" ? undefined : preset, from: undefined, to: undefined };
}

/** Change of the address to chosen days; the earlier one is the first. */
export function toDays(a: string, b: string): DashboardSearch {
  const [from, to] = a <= b ? [a, b] : [b, a];
  return { range: "custom", from, to };
}

type Shown = { from: string; to: string; as_of: string };

/**
 * The range before or after the one shown, as long as it; whole calendar months stay whole months.
 * Null when there is nothing later: the as-of day itself is not over.
 */
export function stepRange(shown: Shown, step: 1 | -1): DashboardSearch | null {
  const [from, to, last] = [dayNumber(shown.from), dayNumber(shown.to), dayNumber(shown.as_of) - 1];
  if ([from, to, last].some(Number.isNaN)) return null;
  if (step > 0 && to >= last) return null;
  const months = wholeMonths(shown);
  if (months > 0) {
    const start = addMonths(shown.from, step * months);
    const end = dayNumber(addMonths(start, months)) - 1;
    return toDays(start, dayFromNumber(Math.min(end, last)));
  }
  const length = to - from + 1;
  const end = step > 0 ? Math.min(last, to + length) : from - 1;
  return backToPreset(length, end, last) ?? toDays(dayFromNumber(end - length + 1), dayFromNumber(end));
}

/** Days that end yesterday are the preset of that length, which moves on with the calendar. */
function backToPreset(length: number, end: number, last: number): DashboardSearch | null {
  if (end !== last) return null;
  const presets: Record<number, RangePreset> = { 1: "yesterday", 7: "7d", 28: "28d", 90: "90d", 365: "365d" };
  const preset = presets[length];
  return preset ? toPreset(preset) : null;
}

/** How many calendar months the range is; 0 if it is not whole months. A month that is not over yet counts. */
function wholeMonths({ from, to, as_of }: Shown): number {
  const [first, end] = [dayParts(from), dayParts(to)];
  if (!first || !end || first.day !== 1) return 0;
  const ends = to === dayFromNumber(dayNumber(addMonths(`${to.slice(0, 7)}-01`, 1)) - 1);
  const running = dayNumber(to) === dayNumber(as_of) - 1;
  const months = (end.year - first.year) * 12 + end.month - first.month + 1;
  if (ends) return months;
  // Days from the first of this month until yesterday: the month so far, unless it is a preset of days by chance.
  return running && months === 1 && ![7, 28].includes(end.day) ? 1 : 0;
}

/** The first of a month, some months on. */
function addMonths(day: string, months: number): string {
  const parts = dayParts(day);
  if (!parts) return day;
  return new Date(Date.UTC(parts.year, parts.month - 1 + months, 1)).toISOString().slice(0, 10);
}
