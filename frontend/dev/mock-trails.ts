import type { action } from "../src/lib/contract";

export type Item = Record<string, unknown>;
type Action = { kind: string; label: string; units: number; link: string; checklist: string[] };
export type Trail = action.Trail;

const validHours = 48;
export const titles: Record<string, string> = {
  "inventory.restock": "Add to the draft order",
  task: "Open a task",
  webhook: "Send a signed message",
};
export const levels: Record<string, number> = { "inventory.restock": 1, task: 1, webhook: 3 };
const shorts: Record<string, string> = { A: "107a7bee9ca0", B: "22bb7bee9ca0" };

/** What approving an item does, in the bytes that the executors write. */
function payloadOf(item: Item): { payload: string; after: string; receipt: string } {
  const { kind, label, units, link, checklist } = item.action as Action;
  const id = String(item.id);
  const [marketplace, sku] = String(item.subject).split("/");
  if (kind === "inventory.restock") {
    const set = { marketplace, sku, units, decision: id, cost: { minor: 605, currency: "USD" } };
    const receipt = `${units} units of ${sku} are in the draft order.`;
    return { payload: JSON.stringify({ set, was: null }), after: `${units} for ${id}`, receipt };
  }
  const steps = checklist.length > 0 ? checklist : [label];
  const set = { decision: id, title: item.title, label, link, steps, owner: "", due: 0 };
  return {
    payload: JSON.stringify({ set, was: null }),
    after: String(shorts.A),
    receipt: steps.length === 1 ? "A task with one step is open." : `A task with ${steps.length} steps is open.`,
  };
}

/** What approving an item led to; `rest` says what is different. */
export function trailOf(id: number, item: Item, at: string, rest: Partial<Trail> = {}): Trail {
  const { kind } = item.action as Action;
  const { payload, after, receipt } = payloadOf(item);
  return {
    id,
    decision: String(item.id),
    title: String(item.title),
    policy: String(item.policy),
    version: Number(item.version),
    kind,
    kind_title: titles[kind] ?? kind,
    level: levels[kind] ?? 1,
    entity: kind === "inventory.restock" ? String(item.subject) : `decision:${item.id}`,
    field: kind === "inventory.restock" ? "draft_line" : kind,
    before: "",
    after,
    seen: after,
    payload,
    hash: "5f0c2a91d3e847b6",
    state: "verified",
    state_text: "done",
    waits: "",
    reason: "read back",
    ref: "",
    receipt,
    who: "person",
    batch: "",
    position: 0,
    reverses: 0,
    reversible: true,
    approved_at: at,
    expires_at: new Date(Date.parse(at) + validHours * 3_600_000).toISOString(),
    not_before: at,
    began_at: at,
    ended_at: at,
    held_ms: 0,
    risk: 0,
    ...rest,
  };
}

/** One in every state that the Journal tells apart. */
export function earlier([first, second, third, fourth]: readonly Item[]): Trail[] {
  if (!first || !second || !third || !fourth) return [];
  const batch = { batch: "b1" };
  return [
    trailOf(6, third, "2026-11-25T06:50:00Z", {
      reason: `"${shorts.A}" was to be there, and there is "${shorts.B}".`,
      seen: String(shorts.B),
      state: "mismatch",
      state_text: "not as approved",
    }),
    trailOf(5, first, "2026-11-24T18:02:00Z", {
      ...batch,
      kind: "webhook",
      kind_title: String(titles.webhook),
      level: 3,
      state: "unknown",
      state_text: "of unknown fate",
      reason: "The line was cut before an answer came.",
      seen: "",
      receipt: "",
      reversible: false,
    }),
    trailOf(4, fourth, "2026-11-24T18:02:00Z", {
      ...batch,
      position: 1,
      state: "failed",
      state_text: "not done",
      reason: "It was changed since this was prepared. Nothing was done; look at it again.",
      seen: "",
      receipt: "",
      reversible: false,
    }),
    trailOf(3, second, "2026-11-24T18:02:00Z", { ...batch, position: 2 }),
    trailOf(2, fourth, "2026-11-20T08:10:00Z", { who: "purser" }),
  ];
}

/** The dry run of approving items. */
export function preview(found: readonly Item[]) {
  const lines = found.map((item) => {
    const { kind, units } = item.action as Action;
    const { payload, after } = payloadOf(item);
    const minor = units * 605;
    const money =
      kind === "inventory.restock" ? { minor, currency: "USD", text: `$${(minor / 100).toFixed(2)}` } : null;
    const { title, label, id } = item;
    const what = { kind, kind_title: titles[kind] ?? kind, level: levels[kind] ?? 1 };
    const changes = { entity: String(item.subject), before: "", after, payload, hash: "5f0c2a91d3e847b6" };
    return { decision: String(id), title, label, ...what, ...changes, money, units, against: [] as string[] };
  });
  const sum = lines.reduce((all, line) => all + (line.money?.minor ?? 0), 0);
  return {
    seen: `seen ${lines.map((line) => line.decision).join(" ")}`,
    lines,
    riskiest: [...lines]
      .sort((a, b) => b.units - a.units)
      .slice(0, 3)
      .map((line) => line.decision),
    level: Math.max(0, ...lines.map((line) => line.level)),
    totals: sum > 0 ? [{ minor: sum, currency: "USD", text: `$${(sum / 100).toFixed(2)}` }] : [],
    against: 0,
    hold_s: 0,
    valid_hours: validHours,
  };
}
