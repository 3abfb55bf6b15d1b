import type { actions } from "@/lib/contract";
import type { BatchLine, Decision, Task, Trail } from "../api/types";
import { batchOf, line } from "./action-fixture";

type Told = { method: string; input: unknown };

/** What the program is made of in a test of Today; a test changes what it is about. */
export type Program = {
  items: Decision[];
  told: Told[];
  /** What Approve and the like refuse with; null: they do it. */
  refuses: { code: string; message: string; hint: string } | null;
  /** Lines of the dry run that differ from plain local ones. */
  lines: Record<string, Partial<BatchLine>>;
  levels: Record<string, number>;
  status: actions.StatusOutput;
  trails: Trail[];
  tasks: Task[];
  observed: number;
  policies: { health: string; subjects: number; cant_tell: number }[];
  /** The decisions of what Z would take back. */
  undoable: string[];
  /** Why decisions are asked about though their rule acts by itself, by their id. */
  asks: Record<string, string>;
};

export const running: actions.StatusOutput = {
  stopped: false,
  stop_file: "/data/STOP",
  waiting: 0,
  sending: 0,
  unknown: 0,
  mismatch: 0,
  stopped_kinds: [],
};

export function program(items: Decision[], rest: Partial<Program> = {}): Program {
  return {
    items,
    told: [],
    refuses: null,
    lines: {},
    levels: { "inventory.restock": 1, task: 1 },
    status: running,
    trails: [],
    tasks: [],
    observed: 0,
    policies: [{ health: "ok", subjects: 40, cant_tell: 0 }],
    undoable: [],
    asks: {},
    ...rest,
  };
}

/** The program as far as Today sees it: what is decided leaves the list. */
export function bridge(of: Program): NonNullable<typeof window.go> {
  const gone = new Set<string>();
  const left = () => of.items.filter((item) => item.ids.some((id) => !gone.has(id)));
  const note = (method: string, answer: () => unknown) => async (input?: unknown) => {
    of.told.push({ method, input });
    return answer();
  };
  const decide = (method: string) => async (input?: unknown) => {
    of.told.push({ method, input });
    if (of.refuses) throw { module: "decisions", ...of.refuses };
    for (const id of (input as { ids: string[] }).ids) gone.add(id);
    return {};
  };
  return {
    decisions: {
      API: {
        Inbox: async () => ({
          as_of: "2026-11-24",
          tabs: [
            { name: "needs", count: left().length },
            { name: "observed", count: of.observed },
            { name: "done", count: gone.size },
          ],
          items: left(),
          also_noticed: [],
          order_formula: "Severity, then due day",
          seconds_to_clear: 12 * left().length,
        }),
        Get: async (input?: unknown) => {
          const { id } = input as { id: string };
          return {
            ...of.items.flatMap((item) => [item, ...item.members]).find((item) => item.id === id),
            why: [],
            history: [],
            restock_line: null,
            task: null,
            note: "",
            actions: of.trails.filter((one) => one.decision === id),
          };
        },
        Preview: async (input?: unknown) => {
          of.told.push({ method: "Preview", input });
          const { ids } = input as { ids: string[] };
          return batchOf(ids.map((id) => line(id, of.lines[id])));
        },
        Approve: decide("Approve"),
        Delegate: decide("Delegate"),
        Reject: decide("Reject"),
        Snooze: decide("Snooze"),
        Tasks: async () => ({ tasks: of.tasks }),
        RestockLines: async () => ({ lines: [], totals: [], without_cost: 0 }),
        LastUndoable: async () => ({ possible: of.undoable.length > 0, title: "", ids: of.undoable }),
        Undo: note("Undo", () => ({ title: "Undone: A sells out" })),
      },
    },
    actions: {
      API: {
        Limits: async () => ({ kinds: Object.entries(of.levels).map(([name, level]) => ({ name, level })) }),
        Asks: async (input?: unknown) => ({ why: of.asks[(input as { decision: string }).decision] ?? "" }),
        Status: async () => of.status,
        List: async () => ({ actions: of.trails }),
        Rollback: note("Rollback", () => ({ ...of.trails[0], state: "verified", state_text: "done" })),
        Resolve: note("Resolve", () => of.trails[0]),
      },
    },
    dashboards: { API: { Checks: async () => ({ checks: [] }) } },
    rules: { API: { Policies: async () => ({ policies: of.policies }) } },
  };
}

/** What was told, less the questions. */
export function acts({ told }: Program): Told[] {
  return told.filter(({ method }) => method !== "Preview");
}
