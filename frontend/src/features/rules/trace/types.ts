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

/** What the program says of it today. */
export type Told = Narrow<rules.ExplanationOutput, { scope: CaseTrace | null; cases: CaseTrace[] }>;

/**
 * How one policy judged one subject on one day. `outcome` is decided, continue, cant_tell, out_of_scope or excepted.
 * What keeps a case from being proposed is there only where the program says it.
 */
export type Explanation = Told & {
  /** Cases that hold, but not for long enough. */
  waiting?: string[];
  /** Whether it holds others back instead of proposing, and what it then blocks. */
  guard?: boolean;
  effects?: string[];
  held_by?: Holding[];
};

/** A run that ended otherwise than the one before it; in the runs after it the outcome stayed. */
export type Change = rules.TraceOutput;
