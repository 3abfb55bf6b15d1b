import type { Maturity, ModuleInfo } from "@/lib/types";

/** A part of Purser with what it takes in, what it gives, and how it is doing. */
export interface ModuleStatus extends ModuleInfo {
  facts: number;
  streams: string[];
}

export interface SubjectKind {
  kind: string;
  title: string;
  count: number;
}

/** One fact as a column: what it means, how it is computed and what it rests on. */
export interface FactColumn {
  name: string;
  title: string;
  type: string;
  unit: string;
  meaning: string;
  formula: string;
  sources: string[];
  daily: string;
  better: string;
}

/** One value. A number of null is not known or not a number; the text is always what to show. */
export interface FactCell {
  text: string;
  num: number | null;
  maturity: Maturity;
  as_of: string;
  source: string;
  note: string;
}

export interface FactRow {
  subject: string;
  label: string;
  detail: string;
  cells: FactCell[];
}

export interface FactTableInput {
  module: string;
  subject_kind: string;
  filter: string;
  sort: string;
  desc: boolean;
  offset: number;
  limit: number;
  as_of: string;
  /** Exact subject id; empty: all. */
  subject: string;
}

export interface FactTable {
  module: string;
  title: string;
  as_of: string;
  subject_kinds: SubjectKind[];
  columns: FactColumn[];
  rows: FactRow[];
  total: number;
  /** Index of the first of `rows` among all of them, as it was asked for. */
  offset: number;
}

/** A daily series. Days are counted since 1970-01-01; settling_from of 0: all settled. */
export interface DailySeries {
  series: string;
  title: string;
  unit: string;
  currency: string;
  days: number[];
  values: (number | null)[];
  settling_from: number;
}

export type WhyResult = "true" | "false" | "unknown" | "not_needed";

/** One line of a trace. Depth 0 is a clause of the case, deeper lines are its parts. */
export interface Why {
  case: string;
  clause: string;
  expression: string;
  text: string;
  value: string;
  unit: string;
  source: string;
  as_of: string;
  maturity: string;
  result: WhyResult;
  depth: number;
  note: string;
}

export interface ExplainedCase {
  case: string;
  result: WhyResult;
  why: Why[];
  /** Why it did not decide, or that it did. */
  note?: string;
}

/** How one policy came to its outcome for one subject. */
export interface Explanation {
  policy: string;
  title: string;
  subject: string;
  outcome: string;
  case: string;
  cases: ExplainedCase[];
  passed_over: string[];
}

/** A kind of report, as far as facts rest on it. */
export interface ReportKind {
  kind: string;
  title: string;
  state: "fresh" | "settling" | "stale" | "missing";
  as_of: string;
  where: string;
  unlocks: string;
}
