import { queryOptions } from "@tanstack/react-query";
import { call } from "./call";
import type { decisions, Narrow } from "./contract";

export type CaseStats = Narrow<decisions.CaseStatsOutput>;

/** What became of what a rule proposed. `dismissed_share` is null where nothing was approved or dismissed. */
export type PolicyStats = Narrow<decisions.PolicyStatsOutput, { cases: CaseStats[] }>;

/** Something that came back and was dismissed again and again with one reason. */
export type Repeat = decisions.RepeatOutput;

export type Stats = Narrow<decisions.StatsOutput, { policies: PolicyStats[] }>;

/** What became of all proposals of the last 90 days; part of "decisions", so that each act brings it up to date. */
export const statsQuery = queryOptions({
  queryKey: ["decisions", "stats"],
  queryFn: () => call<Stats>("decisions.API.Stats", { days: 90 }),
});

/** How many a person approved or dismissed. */
export function dealtWith({ approved, dismissed }: PolicyStats): number {
  return approved + dismissed;
}

const reasons: Record<string, string> = {
  wrong: "wrong",
  known: "known",
  not_worth_it: "not worth it",
  too_late: "too late",
};

/** A reason of a dismissal, to follow "as". */
export function reasonWords(reason: string): string {
  return reasons[reason] ?? reason;
}

/** "You dismissed 7 of 9 in 90 days, mostly as known." */
export function dismissedSentence(stats: PolicyStats, days: number): string {
  const counts = [
    ["wrong", stats.wrong],
    ["known", stats.known],
    ["not_worth_it", stats.not_worth_it],
    ["too_late", stats.too_late],
  ] as const;
  const [reason, most] = counts.reduce((best, next) => (next[1] > best[1] ? next : best));
  const start = `You dismissed ${stats.dismissed} of ${dealtWith(stats)} in ${days} days`;
  if (most * 2 <= stats.dismissed) return `${start}, for different reasons.`;
  if (stats.dismissed === 1) return `${start}, as ${reasonWords(reason)}.`;
  return `${start}, ${most === stats.dismissed ? "all" : "mostly"} as ${reasonWords(reason)}.`;
}
