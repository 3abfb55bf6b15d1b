import type { Maturity, Money, Severity, StripCell } from "@/lib/types";

export type Tab = "needs" | "waiting" | "regressed" | "done";

export type Action = {
  kind: string;
  label: string;
  /** The figure that approving uses. */
  units: number;
  proposed_units: number;
  link: string;
  checklist: string[];
};

/** One row: a decision, or several of the same case folded into one, which then has members. */
export type Decision = {
  id: string;
  /** What acting on the row is about: its own id, or those of its members. */
  ids: string[];
  subject_kind: string;
  subject: string;
  label: string;
  marketplace: string;
  policy: string;
  policy_title: string;
  version: number;
  case: string;
  severity: Severity;
  title: string;
  sentence: string;
  do: string;
  if_you_wait: string;
  /** Null when it is not known. */
  at_stake: Money | null;
  at_stake_per: "day" | "once" | "";
  due: string;
  due_text: string;
  /** From today; negative is late. */
  due_days: number;
  action: Action;
  state: string;
  state_text: string;
  regressed: boolean;
  maturity: Maturity;
  settled: string;
  as_of: string;
  age_days: number;
  unknown: string[];
  members: Decision[];
};

export type Result = "true" | "false" | "unknown" | "not_needed";

export type Why = {
  case: string;
  clause: string;
  expression: string;
  text: string;
  value: string;
  unit: string;
  source: string;
  as_of: string;
  maturity: Maturity;
  result: Result;
  depth: number;
  note: string;
};

export type HistoryLine = { seq: number; at: string; from: string; to: string; by: string; reason: string };

export type TaskStep = { text: string; done: boolean };

export type Task = {
  decision: string;
  title: string;
  label: string;
  link: string;
  steps: TaskStep[];
  done: boolean;
};

export type RestockLine = {
  marketplace: string;
  sku: string;
  label: string;
  units: number;
  decision: string;
  unit_cost: Money | null;
  total: Money | null;
  state: string;
};

export type RestockDraft = { lines: RestockLine[]; totals: Money[]; without_cost: number };

export type DecisionDetails = Decision & {
  why: Why[];
  history: HistoryLine[];
  restock_line: RestockLine | null;
  task: Task | null;
  note: string;
};

export type Inbox = {
  /** Last day that was judged; "" before the first time. */
  as_of: string;
  tabs: { name: Tab; count: number }[];
  items: Decision[];
  also_noticed: Decision[];
  order_formula: string;
  seconds_to_clear: number;
};

export type Strip = { cells: StripCell[] };

export type DailySeries = {
  series: string;
  title: string;
  unit: string;
  currency: string;
  days: number[];
  values: (number | null)[];
  settling_from: number;
};

export type SnoozeUntil = "tomorrow" | "monday" | "settled" | "worse" | "date";
export type RejectReason = "wrong" | "known" | "not_worth_it" | "too_late";
