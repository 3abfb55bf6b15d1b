import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import { readThreshold } from "../logic/threshold";
import type { Items, NotificationSettings, Notifications, Policy, Rate } from "./types";

/** SKUs per window of the cost table. */
export const ITEMS_LIMIT = 100;

/** The policies with their thresholds. */
export const policiesQuery = queryOptions({
  queryKey: ["rules", "thresholds"],
  queryFn: async (): Promise<Policy[]> => {
    const { policies } = await call<{ policies: Policy[] }>("rules.API.Policies");
    return policies.map((policy) => ({ ...policy, thresholds: policy.thresholds.map(readThreshold) }));
  },
});

/** The catalogue with the seller's own figures, read window by window. */
export const itemsQuery = (filter: string, missingCost: boolean) =>
  infiniteQueryOptions({
    queryKey: ["settings", "items", filter, missingCost],
    queryFn: ({ pageParam }) =>
      call<Items>("catalog.API.Items", { filter, missing_cost: missingCost, offset: pageParam, limit: ITEMS_LIMIT }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const read = pages.reduce((n, page) => n + page.rows.length, 0);
      return last.rows.length > 0 && read < last.total ? read : undefined;
    },
  });

/** The rates of exchange that amounts are converted at, newest first. */
export const ratesQuery = queryOptions({
  queryKey: ["dashboards", "rates"],
  queryFn: async () => (await call<{ rates: Rate[] }>("dashboards.API.Rates")).rates,
});

/** When the seller may be disturbed, and what was sent lately. */
export const notificationsQuery = queryOptions({
  queryKey: ["settings", "notifications"],
  queryFn: () => call<Notifications>("notifications.API.Settings"),
});

/** What settings would come to that are not saved. */
export const previewQuery = (settings: NotificationSettings) =>
  queryOptions({
    queryKey: ["settings", "notifications", settings],
    queryFn: () => call<Notifications>("notifications.API.Preview", settings),
  });
