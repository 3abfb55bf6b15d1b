import type { Batch, BatchLine, Trail } from "../api/types";

/** An action for tests, with only what differs given. */
export function trail(id: number, rest: Partial<Trail> = {}): Trail {
  return {
    id,
    decision: "A",
    title: "A sells out",
    policy: "restock",
    version: 1,
    kind: "inventory.restock",
    kind_title: "Add to the draft order",
    level: 1,
    entity: "US/A",
    field: "draft_line",
    before: "",
    after: "480 for A",
    seen: "",
    payload: JSON.stringify({ set: { units: 480 }, was: null }),
    hash: "abc123",
    state: "verified",
    state_text: "done",
    waits: "",
    reason: "",
    ref: "",
    receipt: "",
    who: "person",
    batch: "",
    position: 0,
    reverses: 0,
    reversible: false,
    approved_at: "2026-11-25T18:00:00Z",
    expires_at: "2026-11-27T18:00:00Z",
    not_before: "",
    began_at: "",
    ended_at: "2026-11-25T18:00:01Z",
    held_ms: 0,
    risk: 0,
    ...rest,
  };
}

/** A line of a dry run for tests. */
export function line(decision: string, rest: Partial<BatchLine> = {}): BatchLine {
  return {
    decision,
    title: `${decision} sells out`,
    label: decision,
    kind: "inventory.restock",
    kind_title: "Add to the draft order",
    level: 1,
    entity: `US/${decision}`,
    before: "",
    after: `480 for ${decision}`,
    payload: JSON.stringify({ set: { units: 480 }, was: null }),
    hash: `hash-${decision}`,
    money: null,
    units: 480,
    against: [],
    note: "",
    ...rest,
  };
}

/** The dry run of some lines; the first three are the riskiest. */
export function batchOf(lines: BatchLine[], rest: Partial<Batch> = {}): Batch {
  const level = lines.reduce<Batch["level"]>((most, one) => (one.level > most ? one.level : most), 0);
  return {
    seen: `seen ${lines.map((one) => one.decision).join(" ")}`,
    lines,
    riskiest: lines.slice(0, 3).map((one) => one.decision),
    level,
    totals: [],
    against: lines.filter((one) => one.against.length > 0).length,
    hold_s: level >= 2 ? 10 : 0,
    valid_hours: 36,
    ...rest,
  };
}
