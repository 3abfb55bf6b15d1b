import type { Narrow, rules } from "@/lib/contract";
import type { Maturity } from "@/lib/types";

export type Result = "true" | "false" | "unknown" | "not_needed";

/** One line of a trace: a condition, or a figure that it was made of (deeper). */
export type Why = Omit<rules.CaseTraceOutput["why"][number], "result" | "maturity"> & {
  result: Result;
  maturity: Maturity | "";
};

export type CaseTrace = Narrow<rules.CaseTraceOutput, { result: Result; why: Why[] }>;

/** A guard that held a proposal back, and what it found. */
export type Holding = { policy: string; title: string; why: string };

/** How one policy judged one subject on one day. `outcome` is decided, continue, cant_tell, out_of_scope or excepted. */
export type Explanation = Narrow<
  rules.ExplanationOutput,
  { scope: CaseTrace | null; cases: CaseTrace[]; held_by: Holding[] }
>;

/** A run that ended otherwise than the one before it; in the runs after it the outcome stayed. */
export type Change = rules.TraceOutput;
