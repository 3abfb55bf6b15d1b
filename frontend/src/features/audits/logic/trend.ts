import type { ChartData } from "@/lib/dashboards/types";
import { dayFromNumber, dayNumber, formatDay } from "@/lib/format";
import type { Counts, Trend } from "../api/types";

/** Days with results make a line; on days between, the last result of each check still stands. */
export function trendChart(trend: readonly Trend[], locale: string, now: string): ChartData | null {
  const first = trend[0];
  const last = trend.at(-1);
  if (!first || !last || trend.length < 2) return null;
  const known = new Map(trend.map((one) => [dayNumber(one.day), one]));
  const days: number[] = [];
  const rows: Trend[] = [];
  let standing = first;
  for (let day = dayNumber(first.day); day <= dayNumber(last.day); day++) {
    standing = known.get(day) ?? standing;
    days.push(day);
    rows.push(standing);
  }
  const line = (label: string, role: "main" | "second", of: (row: Trend) => number) => ({
    name: "",
    label,
    role,
    values: rows.map(of),
  });
  return {
    title: finding(first, last, locale, now),
    summary: "",
    note: "",
    unit: "checks",
    currency: "",
    days,
    lines: [line("Passed", "main", (row) => row.passed), line("Failed", "second", (row) => row.failed)],
    settling_from: 0,
    from: 0,
    markers: [],
    bars: [],
    bullets: [],
    points: [],
    x_title: "",
    x_unit: "",
    y_title: "",
    y_unit: "",
  };
}

function finding(first: Trend, last: Trend, locale: string, now: string): string {
  const since = formatDay(dayFromNumber(dayNumber(first.day)), locale, now);
  const more = last.passed - first.passed;
  const change = more === 0 ? "as many as" : `${Math.abs(more)} ${more > 0 ? "more" : "fewer"} than`;
  return `${last.passed} of ${last.checks} passed, ${change} on ${since}`;
}

/** Counts in words, the worst first, without those that are 0: "3 failed". */
export function countWords(counts: Counts): { key: keyof Counts; text: string }[] {
  const words: [keyof Counts, string][] = [
    ["crashed", "crashed"],
    ["failed", "failed"],
    ["cannot_tell", "cannot tell"],
    ["by_hand", "by hand"],
    ["not_run", "not run"],
  ];
  return words.flatMap(([key, word]) => (counts[key] > 0 ? [{ key, text: `${counts[key]} ${word}` }] : []));
}
