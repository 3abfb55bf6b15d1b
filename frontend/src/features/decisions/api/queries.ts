import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { actions, Narrow, rules } from "@/lib/contract";
import type { Check } from "@/lib/dashboards/types";
import type { Batch, DailySeries, DecisionDetails, Inbox, Level, RestockDraft, Tab, Task, Trail } from "./types";

/** The decisions of one tab, in the order they should be taken. */
export const inboxQuery = (tab: Tab) =>
  queryOptions({
    queryKey: ["decisions", "inbox", tab],
    queryFn: () => call<Inbox>("decisions.API.Inbox", { tab, marketplace: "" }),
  });

/** How many rules there are, and how many could tell anything about anything when they were asked last. */
export const judgedQuery = queryOptions({
  queryKey: ["rules", "judged"],
  queryFn: async () => {
    const { policies } = await call<{ policies: PolicyState[] }>("rules.API.Policies");
    const asked = policies.filter((policy) => policy.subjects > 0 || policy.health !== "ok");
    const told = asked.filter((policy) => policy.health === "ok" && policy.cant_tell < policy.subjects);
    return { asked: asked.length, told: told.length };
  },
});

type PolicyState = Pick<rules.PolicyOutput, "health" | "subjects" | "cant_tell">;

export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: ["decisions", "one", id],
    queryFn: () => call<DecisionDetails>("decisions.API.Get", { id }),
    enabled: id !== "",
  });

/** Why a decision waits for a person although its rule acts by itself; "" where that is no question. */
export const asksQuery = (decision: string) =>
  queryOptions({
    queryKey: ["decisions", "asks", decision],
    queryFn: async () => (await call<{ why: string }>("actions.API.Asks", { decision })).why,
    enabled: decision !== "",
  });

/** The morning checks, in their order. Part of "dashboards": what pages show changes them too. */
export const checksQuery = queryOptions({
  queryKey: ["dashboards", "checks"],
  queryFn: async () => (await call<{ checks: Check[] }>("dashboards.API.Checks")).checks,
});

export const tasksQuery = queryOptions({
  queryKey: ["decisions", "tasks"],
  queryFn: async () => (await call<{ tasks: Task[] }>("decisions.API.Tasks")).tasks,
});

export const restockDraftQuery = queryOptions({
  queryKey: ["decisions", "lines"],
  queryFn: () => call<RestockDraft>("decisions.API.RestockLines"),
});

/** A daily series of a subject; asked for only where a chart stands. */
export const seriesQuery = (series: string, subject: string) =>
  queryOptions({
    queryKey: ["decisions", "series", series, subject],
    queryFn: () => call<DailySeries>("modulehost.API.Series", { series, subject, from: "", to: "" }),
  });

/**
 * The dry run of approving. It is no part of "decisions": what a person looks at stays as it is while they look,
 * and an approval of what has changed meanwhile is refused.
 */
export const previewQuery = (ids: readonly string[], units: number) =>
  queryOptions({
    queryKey: ["preview", units, ...ids],
    queryFn: () => call<Batch>("decisions.API.Preview", { id: "", ids: [...ids], units, seen: "" }),
    enabled: ids.length > 0,
    gcTime: 0,
  });

type KindLevel = Narrow<Pick<actions.KindOutput, "name" | "level">, { level: Level }>;

/** The level of each kind of action: whether it stays on this computer. */
export const levelsQuery = queryOptions({
  queryKey: ["actions", "levels"],
  queryFn: async () => {
    const { kinds } = await call<{ kinds: KindLevel[] }>("actions.API.Limits");
    return new Map(kinds.map(({ name, level }) => [name, level]));
  },
});

/** The newest actions that are held so that they can be taken back; `at` is when they were read, on the page's own watch. */
export const heldQuery = queryOptions({
  queryKey: ["actions", "held"],
  queryFn: async () => {
    const { actions: all } = await call<{ actions: Trail[] }>("actions.API.List", {
      from: "",
      to: "",
      below: 0,
      limit: 100,
    });
    return { at: performance.now(), trails: all.filter((one) => one.state === "approved" && one.held_ms > 0) };
  },
});

/** The decisions that Z would take back now. */
export const undoableIdsQuery = queryOptions({
  queryKey: ["decisions", "undoable", "ids"],
  queryFn: async () => {
    const last = await call<{ possible: boolean; ids: string[] }>("decisions.API.LastUndoable");
    return last.possible ? last.ids : [];
  },
});
