import type { action, decisions, modulehost, Narrow } from "@/lib/contract";
import type { Maturity, Money, Severity } from "@/lib/types";

export type Tab = "needs" | "waiting" | "held" | "regressed" | "observed" | "done";

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
  Narrowed & { why: Why[]; restock_line: RestockLine | null; actions: Trail[] }
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

/** How an action is taken back: 0 a mark, 1 on this computer, 2 leaves it and can be reverted, 3 leaves it for good. */
export type Level = 0 | 1 | 2 | 3;

export type ActionState =
  | "approved"
  | "sending"
  | "sent"
  | "verified"
  | "mismatch"
  | "unknown"
  | "failed"
  | "cancelled"
  | "rolled_back";

/** What became of an approval. `held_ms` is how much longer it could be taken back when it was read. */
export type Trail = Narrow<action.Trail, { level: Level; state: ActionState }>;

/** Exactly what one decision would do; `money` is null where nothing is committed, or how much is not known. */
export type BatchLine = Narrow<decisions.LineDraft, { level: Level; money: Money | null }>;

/** The dry run of an approval, which an approval is bound to by `seen`. */
export type Batch = Narrow<decisions.BatchOutput, { level: Level; lines: BatchLine[] }>;
