import type { actions } from "../src/lib/contract";
import { earlier, type Item, levels, preview, type Trail, titles, trailOf } from "./mock-trails";

type Input = Record<string, unknown>;

const limit = (name: string, words: string, value: number): actions.LimitOutput => ({
  name,
  words,
  value,
  shipped: value,
  source: "the project's own guardrails, 2026-11-26",
});

function kindOf(name: string, automatic: boolean, limits: actions.LimitOutput[]): actions.KindOutput {
  const level = levels[name] ?? 1;
  const needs = limits.map((one) => one.name);
  return { name, title: titles[name] ?? name, level, repeatable: true, readable: level < 3, automatic, needs, limits };
}

const mode = (
  policy: string,
  title: string,
  kind: string,
  rest: Partial<actions.ModeOutput> = {},
): actions.ModeOutput => ({
  policy,
  title,
  kind,
  noun: "SKU",
  mode: "propose",
  since: "",
  why: "",
  band: { per_day: 0, units_max: 0, minor: 0, currency: "", only: [] },
  consent: `act by itself: ${policy}`,
  against: "12 of its decisions were looked at in audits; 59 are needed, none of them wrong.",
  looked: 12,
  wrong: 0,
  ...rest,
});

const stoppedKind: actions.StoppedKindOutput = {
  kind: "webhook",
  title: titles.webhook ?? "Send a message",
  reason:
    "The other side answered 403 to three messages in a row: it no longer takes any. Ask those who run it to let Purser in again.",
  since: "2026-11-24T16:20:00Z",
};

/** The executor of the mock: what is approved is done at once, and everything stops and is taken back as in Go. */
export function mockActions(items: readonly Item[], now: string, changed: () => void, stoppedKinds = false) {
  let stopped = false;
  let trails = earlier(items);
  let kinds = [
    kindOf("task", true, [limit("per_day", "actions in 24 hours", 300)]),
    kindOf("inventory.restock", false, [
      limit("per_day", "actions in 24 hours", 100),
      limit("units_max", "units of one action", 5000),
    ]),
    kindOf("webhook", false, [limit("per_day", "actions in 24 hours", 50)]),
  ];
  let modes = [
    mode("restock", "Runs out before restock", "inventory.restock"),
    mode("listing_images", "Listing without a main image", "task", { against: "", looked: 60 }),
    mode("wasted_terms", "Search terms that spend and never sell", "task", { mode: "observe" }),
  ];
  let halted: actions.StoppedKindOutput[] = stoppedKinds ? [stoppedKind] : [];
  const count = (state: string) => trails.filter((one) => one.state === state).length;
  const status = (): actions.StatusOutput => ({
    stopped,
    stop_file: "/home/seller/.local/share/purser/STOP",
    waiting: count("approved"),
    sending: count("sending"),
    unknown: count("unknown"),
    mismatch: count("mismatch"),
    stopped_kinds: halted,
  });
  const one = (id: unknown): Trail => {
    const found = trails.find((trail) => trail.id === id);
    if (!found) throw { code: "not_found", module: "actions", message: "There is no such action.", hint: "" };
    return found;
  };
  const put = (trail: Trail): Trail => {
    trails = [trail, ...trails.filter(({ id }) => id !== trail.id)].sort((a, b) => b.id - a.id);
    setTimeout(changed, 50);
    return trail;
  };
  const next = () => Math.max(0, ...trails.map(({ id }) => id)) + 1;
  return {
    /** Carries out approvals: at once, unless everything is stopped. */
    approve: (ids: readonly string[]) => {
      const batch = ids.length > 1 ? `b${next()}` : "";
      const rest: Partial<Trail> = stopped
        ? {
            state: "approved",
            state_text: "approved",
            waits: "Everything is stopped.",
            seen: "",
            receipt: "",
            ended_at: "",
          }
        : {};
      for (const [position, id] of ids.entries()) {
        const item = items.flatMap((each) => [each, ...(each.members as Item[])]).find((each) => each.id === id);
        if (item) put(trailOf(next(), item, now, { batch, position, ...rest }));
      }
    },
    of: (decision: unknown) => trails.filter((trail) => trail.decision === decision),
    preview,
    methods: {
      Status: status,
      Stop: ({ stop }: Input) => {
        stopped = stop === true;
        if (!stopped) {
          trails = trails.map((trail) =>
            trail.state === "approved"
              ? { ...trail, state: "verified", state_text: "done", waits: "", seen: trail.after, ended_at: now }
              : trail,
          );
        }
        setTimeout(changed, 50);
        return status();
      },
      List: ({ from, to, below, limit: most }: Input) => ({
        actions: trails
          .filter(({ id }) => Number(below) === 0 || id < Number(below))
          .filter(
            ({ approved_at: at }) =>
              (!from || at.slice(0, 10) >= String(from)) && (!to || at.slice(0, 10) <= String(to)),
          )
          .slice(0, Number(most) || 100),
      }),
      Get: ({ id }: Input) => one(id),
      Rollback: ({ id }: Input) => {
        const was = one(id);
        put({ ...was, state: "rolled_back", state_text: "done, and taken back", reversible: false });
        const [before, after] = [was.after, was.before];
        const title = `Take back: ${was.title}`;
        const made = { id: next(), title, before, after, seen: after, reverses: was.id, reversible: false };
        return put({ ...was, ...made, approved_at: now, receipt: "It was taken away." });
      },
      Resolve: ({ id, happened, note }: Input) => {
        const ended = happened
          ? { state: "verified", state_text: "done" }
          : { state: "failed", state_text: "not done" };
        return put({ ...one(id), ...ended, reason: String(note || "a person looked") });
      },
      ResumeKind: ({ kind }: Input) => {
        halted = halted.filter((one) => one.kind !== kind);
        setTimeout(changed, 50);
        return status();
      },
      Limits: () => ({
        kinds: kinds.map((one) => ({ ...one, stopped: halted.find(({ kind }) => kind === one.name) })),
      }),
      SetLimit: ({ kind, name, value }: Input) => {
        kinds = kinds.map((each) =>
          each.name !== kind
            ? each
            : {
                ...each,
                limits: each.limits.map((old) =>
                  old.name === name ? { ...old, value: value === "shipped" ? old.shipped : Number(value) } : old,
                ),
              },
        );
        return { kinds };
      },
      Modes: () => ({ modes }),
      SetMode: ({ policy, mode: to, band }: Input) => {
        modes = modes.map((each) =>
          each.policy === policy
            ? { ...each, mode: String(to), band: band as actions.BandOutput, since: now, why: "" }
            : each,
        );
        return { modes };
      },
      Subjects: () => ({
        proposed: items.slice(0, 3).map((item) => ({ id: String(item.subject), label: String(item.label) })),
        known: items.slice(3).map((item) => ({ id: String(item.subject), label: String(item.label) })),
      }),
      Asks: () => ({ why: "" }),
    },
  };
}
