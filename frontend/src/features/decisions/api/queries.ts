import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { rules } from "@/lib/contract";
import type { Check } from "@/lib/dashboards/types";
import type { DailySeries, DecisionDetails, Inbox, RestockDraft, Tab, Task } from "./types";

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
