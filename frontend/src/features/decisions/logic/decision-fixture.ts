import type { Decision } from "../api/types";

/** A decision for tests, with only what differs given. */
export function decision(id: string, rest: Partial<Decision> = {}): Decision {
  return {
    id,
    ids: rest.members?.map((member) => member.id) ?? [id],
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
    do: "",
    if_you_wait: "",
    at_stake: { known: false, minor: 0, currency: "", text: "", per: "" },
    due: "",
    due_text: "",
    due_days: 0,
    action: {
      kind: "inventory.restock",
      label: "Approve order of 480",
      units: 480,
      proposed_units: 480,
      link: "",
      checklist: [],
    },
    state: "proposed",
    state_text: "",
    regressed: false,
    maturity: "fresh",
    settled: "",
    unknown: [],
    as_of: "2026-11-24",
    age_days: 0,
    members: [],
    ...rest,
  };
}
