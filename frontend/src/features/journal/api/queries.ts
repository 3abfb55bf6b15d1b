import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { DecisionDetails, DecisionItem, Explained, Trail } from "./types";

/** As many actions as one answer can hold; more are read when asked for. */
export const actionsPage = 1000;

/** As many decisions that were dealt with as the program gives. */
export const mostDecided = 200;

/** The actions that were approved in a period of days ("" for 90 days until today), newest first. */
export const actionsQuery = (from: string, to: string) =>
  infiniteQueryOptions({
    queryKey: ["actions", "list", from, to],
    queryFn: async ({ pageParam }): Promise<Trail[]> =>
      (await call<{ actions: Trail[] }>("actions.API.List", { from, to, below: pageParam, limit: actionsPage }))
        .actions,
    initialPageParam: 0,
    getNextPageParam: (last) => (last.length < actionsPage ? undefined : last.at(-1)?.id),
    placeholderData: keepPreviousData,
  });

/** Decisions that were dealt with or put off; those folded into one row are given one by one. */
export const decidedQuery = queryOptions({
  queryKey: ["decisions", "journal"],
  queryFn: async (): Promise<DecisionItem[]> => {
    const tabs = await Promise.all(
      ["done", "waiting"].map((tab) =>
        call<{ items: DecisionItem[]; also_noticed: DecisionItem[] }>("decisions.API.Inbox", { tab, marketplace: "" }),
      ),
    );
    const rows = tabs.flatMap(({ items, also_noticed }) => [...items, ...also_noticed]);
    return rows.flatMap((row) => (row.members.length > 0 ? row.members : [row]));
  },
});

/** One decision with its reasons and its history. */
export const detailsQuery = (id: string) =>
  queryOptions({
    queryKey: ["decisions", "journal", id],
    queryFn: () => call<DecisionDetails>("decisions.API.Get", { id }),
    enabled: id !== "",
  });

/** The titles of rules by their names. */
export const ruleTitlesQuery = queryOptions({
  queryKey: ["rules", "titles"],
  queryFn: async (): Promise<Record<string, string>> => {
    const { policies } = await call<{ policies: { name: string; title: string }[] }>("rules.API.Policies");
    return Object.fromEntries(policies.map(({ name, title }) => [name, title]));
  },
});

/** How the rule of a decision judges its subject now. */
export const nowQuery = (subject: string, policy: string) =>
  queryOptions({
    queryKey: ["rules", "journal", subject, policy],
    queryFn: async (): Promise<Explained | null> => {
      const { explanations } = await call<{ explanations: Explained[] }>("rules.API.Explain", {
        subject,
        policy,
        as_of: "",
      });
      return explanations[0] ?? null;
    },
  });
