import type { decisions, modulehost, Narrow } from "@/lib/contract";
import type { Maturity, Money, Severity } from "@/lib/types";

export type Tab = "needs" | "waiting" | "held" | "regressed" | "done";

/** What approving does. Of its units, `units` is the figure that approving uses. */
export type Action = decisions.ActionOutput;

/** What rows and details narrow alike. `at_stake` is null when it is not known. */
type Narrowed = {
  severity: Severity;
  at_stake: Money | null;
  at_stake_per: "day" | "once" | "";
  maturity: Maturity;
  members: Decision[];
};

/**
 * One row: a decision, or several of the same case folded into one, which then has members.
 * `ids` is what acting on the row is about: its own id, or those of its members.
 * `due_days` counts from today; negative is late.
 */
export interface Decision extends Narrow<Omit<decisions.ItemOutput, keyof Narrowed>>, Narrowed {}

export type Result = "true" | "false" | "unknown" | "not_needed";

export type Why = Narrow<decisions.WhyOutput, { maturity: Maturity; result: Result }>;

export type HistoryLine = decisions.AuditOutput;

export type TaskStep = decisions.StepOutput;

export type Task = decisions.TaskOutput;

export type RestockLine = Narrow<decisions.LineOutput>;

export type RestockDraft = Narrow<decisions.LinesOutput, { lines: RestockLine[] }>;

export type DecisionDetails = Narrow<
  decisions.DetailOutput,
  Narrowed & { why: Why[]; restock_line: RestockLine | null }
>;

/** One tab. `as_of` is the last day that was judged; "" before the first time. */
export type Inbox = Narrow<
  Omit<decisions.InboxOutput, "tab" | "applied_at">,
  { tabs: Narrow<decisions.TabOutput, { name: Tab }>[]; items: Decision[]; also_noticed: Decision[] }
>;

/** A daily series. Days are counted since 1970-01-01; a day without data is null. */
export type DailySeries = Narrow<modulehost.SeriesOutput, { values: (number | null)[] }>;

export type SnoozeUntil = "tomorrow" | "monday" | "settled" | "worse" | "date";
export type RejectReason = "wrong" | "known" | "not_worth_it" | "too_late";
