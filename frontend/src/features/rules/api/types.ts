import type { Narrow, rules } from "@/lib/contract";
import type { Severity } from "@/lib/types";

/** A named figure. Its value is null where a fact gives it; `from` names that fact. */
export type Threshold = Narrow<rules.ThresholdOutput>;

export type PolicyCase = Narrow<rules.CaseOutput, { severity: Severity }>;

export type Policy = Narrow<rules.PolicyOutput, { health: "ok" | "err"; cases: PolicyCase[]; thresholds: Threshold[] }>;

export type Policies = Narrow<rules.PoliciesOutput, { policies: Policy[] }>;
