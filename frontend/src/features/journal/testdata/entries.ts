import type { DecisionItem, Trail } from "../api/types";

/** An action that was done; `rest` says what is different. */
export function trail(id: number, rest: Partial<Trail> = {}): Trail {
  return {
    id,
    decision: `d${id}`,
    title: `Decision ${id}`,
    policy: "restock",
    version: 2,
    kind: "inventory.restock",
    kind_title: "Add to the draft order",
    level: 1,
    entity: `US/SKU-${id}`,
    field: "draft_units",
    before: "",
    after: `480 for d${id}`,
    seen: `480 for d${id}`,
    payload: '{"set":{"units":480,"cost":{"minor":990,"currency":"USD"}},"was":{"units":40}}',
    hash: "a1b2c3",
    state: "verified",
    state_text: "done",
    waits: "",
    reason: "",
    ref: "",
    receipt: "480 units are in the draft order.",
    who: "person",
    batch: "",
    position: 0,
    reverses: 0,
    reversible: true,
    approved_at: `2026-11-25T10:00:${String(id).padStart(2, "0")}Z`,
    expires_at: "2026-11-27T10:00:00Z",
    not_before: "",
    began_at: "2026-11-25T10:00:00Z",
    ended_at: "2026-11-25T10:00:01Z",
    held_ms: 0,
    risk: 0,
    ...rest,
  };
}

/** A decision that was dismissed; `rest` says what is different. */
export function item(id: string, rest: Partial<DecisionItem> = {}): DecisionItem {
  return {
    id,
    subject: "US/SKU-7",
    subject_kind: "sku",
    policy: "stranded",
    policy_title: "Stranded stock",
    title: `Finding ${id}`,
    state: "rejected",
    state_text: "dismissed: known",
    state_at: "2026-11-25T10:30:00Z",
    not_done: "",
    at_stake: null,
    at_stake_per: "",
    action: { kind: "task", label: "Open a task" },
    members: [],
    ...rest,
  };
}
