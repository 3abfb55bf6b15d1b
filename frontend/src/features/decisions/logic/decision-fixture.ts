import type { Decision } from "../api/types";

/** A decision for tests, with only what differs given. */
export function decision(id: string, rest: Partial<Decision> = {}): Decision {
  return {
    id,
    subject_kind: "sku",
    subject: `US/${id}`,
    label: id,
    marketplace: "US",
    policy: "restock",
    policy_title: "Runs out before restock",
    version: 1,
    case: "low",
    severity: "warning",
    title: `${id} sells out`,
    sentence: "Cover 19 days, lead time 28.",
    at_stake: null,
    at_stake_per: "day",
    due: "",
    due_text: "",
    action: { kind: "inventory.restock", label: "Approve order of 480", units: 480, link: "", checklist: [] },
    state: "proposed",
    regressed: false,
    maturity: "fresh",
    as_of: "2026-11-24",
    age_days: 0,
    members: [],
    ...rest,
  };
}
