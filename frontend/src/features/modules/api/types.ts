import type { ingest, modulehost, Narrow, rules } from "@/lib/contract";
import type { FreshState, Maturity, ModuleInfo } from "@/lib/types";

/** A part of Purser with what it takes in, what it gives, and how it is doing. */
export type ModuleStatus = ModuleInfo;

export type SubjectKind = modulehost.SubjectKindOutput;

/** One fact as a column: what it means, how it is computed and what it rests on. */
export type FactColumn = modulehost.ColumnOutput;

/** One value. A number of null is not known or not a number; the text is always what to show. */
export type FactCell = Narrow<modulehost.CellOutput, { maturity: Maturity }>;

export type FactRow = Narrow<modulehost.RowOutput, { cells: FactCell[] }>;

/** What to read of a module's facts. An empty `subject` is all of them, else it is an exact id. */
export type FactTableInput = modulehost.FactTableInput;

/** One window of facts as Go gives it. */
export type FactWindow = Narrow<modulehost.FactTableOutput, { rows: FactRow[] }>;

/** One window with the index of the first of `rows` among all of them, as it was asked for. */
export type FactTable = FactWindow & { offset: number };

/** A daily series. Days are counted since 1970-01-01; settling_from of 0: all settled. */
export type DailySeries = Narrow<modulehost.SeriesOutput, { values: (number | null)[] }>;

export type WhyResult = "true" | "false" | "unknown" | "not_needed";

/** One line of a trace. Depth 0 is a clause of the case, deeper lines are its parts. */
export type Why = Narrow<rules.CaseTraceOutput["why"][number], { result: WhyResult }>;

/** One case of a policy. The note says why it did not decide, or that it did. */
export type ExplainedCase = Narrow<
  Pick<rules.CaseTraceOutput, "case" | "result" | "why" | "note">,
  { result: WhyResult; why: Why[] }
>;

/** How one policy came to its outcome for one subject. */
export type Explanation = Narrow<
  Pick<rules.ExplanationOutput, "policy" | "title" | "subject" | "outcome" | "case" | "cases" | "passed_over">,
  { cases: ExplainedCase[] }
>;

/** A kind of report, as far as facts rest on it. */
export type ReportKind = Narrow<
  Pick<ingest.KindFreshness, "kind" | "title" | "state" | "as_of" | "where" | "unlocks">,
  { state: FreshState }
>;
