import type { action, audits, Narrow } from "@/lib/contract";
import type { Maturity, Money } from "@/lib/types";

/** How far the review of a month, or of a kind of action in it, is. "empty": nothing was dealt with. */
export type ReviewState = "empty" | "open" | "under_way" | "done";

export type Verdict = "right" | "wrong" | "critical";
export type Answer = "yes" | "no" | "unsure";
export type Cause = "entity" | "amount" | "cap" | "unapproved" | "unlogged";

export type Month = Narrow<audits.MonthOutput, { state: ReviewState }>;
export type Months = Narrow<audits.MonthsOutput, { months: Month[] }>;

export type Lot = Narrow<audits.LotOutput, { state: Exclude<ReviewState, "empty"> }>;
export type Risk = audits.RiskOutput;

type ItemFields = { money: Money | null; verdict: Verdict | "" };

/** One item of a review: an action that is looked at. `money` is null where it is not known. */
export type ItemRow = Narrow<audits.ItemRowOutput, ItemFields>;

export type MonthDetail = Narrow<audits.MonthDetailOutput, { state: ReviewState; lots: Lot[]; items: ItemRow[] }>;

/** A line of what a rule rested on, as it was when it was agreed to. */
export type Input = Narrow<
  audits.InputOutput,
  { maturity: Maturity | ""; result: "true" | "false" | "unknown" | "not_needed" }
>;

export type Question = Narrow<audits.QuestionOutput, { points: "yes" | "no" | ""; answer: Answer | "" }>;

/** A verdict as it was given. */
export type Review = Narrow<audits.ReviewOutput, { verdict: Verdict; cause: Cause | "" }>;

/** What an action did; `level` says how it is taken back. */
export type Trail = action.Trail;

export type Rerun = Narrow<audits.RerunOutput, { state: "same" | "different" | "cannot" }>;

/** One item as a person judges it. */
export type Item = Narrow<
  audits.ItemOutput,
  ItemFields & { inputs: Input[]; rerun: Rerun; questions: Question[]; review: Review | null; history: Review[] }
>;

export type Judgement = {
  month: string;
  id: number;
  answers: { question: string; answer: Answer }[];
  verdict: Verdict;
  cause: Cause | "";
  note: string;
};

export type Consequence = Narrow<audits.ConsequenceOutput, { look_again: ItemRow[] }>;

/** What a verdict led to. `next_open` is the next item to look at; 0 when all have a verdict. */
export type Judged = Narrow<audits.JudgeOutput, { month: Month; item: ItemRow; consequence: Consequence }>;

export type Report = Narrow<
  audits.ReportOutput,
  { state: ReviewState; lots: Lot[]; found: ItemRow[]; look_again: ItemRow[] }
>;

export type Every = "weekly" | "monthly" | "quarterly";
export type Result = "passed" | "failed" | "cannot_tell" | "crashed" | "by_hand" | "not_run";

/** One finding of a check. */
export type Evidence = Narrow<audits.EvidenceOutput, { maturity: Maturity | "" }>;

export type Check = Narrow<
  audits.CheckOutput,
  { how: "facts" | "rules" | "data" | "hand"; result: Result; evidence: Evidence[] }
>;

export type Checklist = Narrow<audits.ChecklistOutput, { every: Every; checks: Check[] }>;

/** Counts of results; together they are all checks. There is no score but this. */
export type Counts = audits.CountsOutput;
export type Trend = audits.TrendOutput;

export type Checklists = Narrow<audits.ChecklistsOutput, { lists: Checklist[] }>;

export type HandAnswer = { list: string; check: string; result: "passed" | "failed" | "cannot_tell"; note: string };

export type FindingTask = Narrow<audits.FindingTaskOutput, { check: Check }>;
