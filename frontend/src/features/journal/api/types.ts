import type { action, decisions, Narrow, rules } from "@/lib/contract";
import type { Maturity, Money } from "@/lib/types";

/** States of an action; `approved` has not begun, `sending` is under way. */
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

/** An action as it stands. Times are RFC 3339, "" for what has not happened. */
export type Trail = Narrow<action.Trail, { state: ActionState }>;

/** What the Journal needs of a decision in a list; of a folded row, `members` are the decisions. */
export type DecisionItem = Narrow<
  Pick<
    decisions.ItemOutput,
    | "id"
    | "subject"
    | "subject_kind"
    | "policy"
    | "policy_title"
    | "title"
    | "state"
    | "state_text"
    | "state_at"
    | "not_done"
    | "at_stake_per"
  >
> & {
  /** Null where it is not known. */
  at_stake: Money | null;
  action: { kind: string; label: string };
  members: DecisionItem[];
};

/** One line of the reasons, with its value as it was judged. */
export type Why = Narrow<
  Pick<
    decisions.WhyOutput,
    "case" | "clause" | "expression" | "text" | "value" | "unit" | "as_of" | "maturity" | "depth" | "result"
  >,
  { maturity: Maturity | "" }
>;

/** A decision with why it was made and what happened to it. */
export type DecisionDetails = Narrow<
  Pick<decisions.DetailOutput, "id" | "subject" | "policy" | "case" | "as_of" | "note" | "history">
> & { why: Why[] };

/** How a rule judges a subject now, as far as its values are concerned. */
export type Explained = Narrow<Pick<rules.ExplanationOutput, "as_of" | "outcome" | "summary">> & {
  cases: { why: Pick<Why, "case" | "clause" | "expression" | "text" | "value" | "unit">[] }[];
};
