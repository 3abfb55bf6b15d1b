import { formatNumber } from "@/lib/format";
import type { Backtest, Summary } from "./types";

/** "2.1", but "12" and "0". */
export function perWeek(value: number, locale: string): string {
  return formatNumber(value, locale, value === 0 || value >= 10 ? 0 : 1);
}

/** Time that episodes would cost: "+25 s a week", "+4 min a week". */
export function timeAWeek(seconds: number, locale: string): string {
  if (seconds < 90) return `+${formatNumber(seconds, locale)} s a week`;
  return `+${formatNumber(seconds / 60, locale)} min a week`;
}

function share(part: number, all: number, locale: string): string {
  return `${formatNumber(all === 0 ? 0 : (100 * part) / all, locale)} %`;
}

/** What matters about a backtest, in sentences. */
export function summarySentence(summary: Summary, locale: string): string {
  const { episodes, subjects, pointed_at } = summary;
  const times = episodes === 1 ? "once" : `${formatNumber(episodes, locale)} times`;
  const parts = [
    `About ${perWeek(summary.per_week, locale)} a week, ${timeAWeek(summary.seconds_per_week, locale)}: it would have fired ${times} on ${formatNumber(subjects, locale)} ${subjects === 1 ? "subject" : "subjects"}`,
    `you acted on ${share(summary.acted, episodes, locale)}; ${share(summary.cleared, episodes, locale)} cleared by themselves`,
  ];
  if (pointed_at.length > 0) parts.push(`pointed at ${pointed_at.join(" and ")}`);
  return `${parts.join("; ")}.`;
}

/** The smaller figures: "Lasted 4 days at the median. At most 3 began on one day. 2 still fire. You dismissed 1." */
export function detailSentence(summary: Summary, locale: string): string {
  const number = (value: number) => formatNumber(value, locale, Number.isInteger(value) ? 0 : 1);
  const parts = [
    `Lasted ${number(summary.median_days)} ${summary.median_days === 1 ? "day" : "days"} at the median.`,
    `At most ${number(summary.busiest)} began on one day.`,
  ];
  if (summary.running > 0) parts.push(`${number(summary.running)} still ${summary.running === 1 ? "fires" : "fire"}.`);
  if (summary.held > 0) parts.push(`Guards would have held back ${number(summary.held)} all along.`);
  if (summary.dismissed > 0) parts.push(`You dismissed ${number(summary.dismissed)}.`);
  return parts.join(" ");
}

/** What the figures leave out or rest on; empty when there is nothing to say. */
export function limitsSentence({ days, skipped, unsettled }: Backtest, locale: string): string {
  const count = (n: number) => `${formatNumber(n, locale)} ${n === 1 ? "day" : "days"}`;
  const parts = [`Judged ${count(days)}, each on what was known that day.`];
  if (skipped > 0) parts.push(`${count(skipped)} before your first data left out.`);
  if (unsettled > 0) parts.push(`The last ${count(unsettled)} rest on data that can still change.`);
  return parts.join(" ");
}

/** How two versions differ: "Against the version in force: 4 only now, 2 only before, 21 both. 1.8 a week before." */
export function comparisonSentence(test: Backtest, against: string, locale: string): string {
  if (!test.before) return "";
  const n = (value: number) => formatNumber(value, locale);
  return `Against ${against}: ${n(test.only)} only now, ${n(test.only_before)} only before, ${n(test.both)} both; ${perWeek(test.before.per_week, locale)} a week before.`;
}

/** Where a fault of a draft is: "case restock, when, line 12". */
export function placeOfProblem({ where, field, line }: { where: string; field: string; line: number }): string {
  return [where, field, line > 0 ? `line ${line}` : ""].filter((part) => part !== "").join(", ");
}
