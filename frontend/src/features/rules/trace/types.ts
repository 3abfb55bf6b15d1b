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

/** How one policy judged one subject on one day. */
export type Explanation = Narrow<
  rules.ExplanationOutput,
  {
    outcome: "decided" | "continue" | "cant_tell" | "out_of_scope" | (string & {});
    scope: CaseTrace | null;
    cases: CaseTrace[];
  }
> & {
  /** Cases that hold, but not for long enough. */
  waiting?: string[] | null;
  /** Whether it holds others back instead of proposing, and what it then blocks. */
  guard?: boolean;
  effects?: string[] | null;
  held_by?: Holding[] | null;
  /** Why the subject is taken out of the policy. */
  excepted?: string;
};

/** One day that a policy judged a subject; `changed`: otherwise than the day before. */
export type Run = { day: string; at: string; outcome: string; case: string; summary: string; changed: boolean };
