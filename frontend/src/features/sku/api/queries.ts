import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { decisions, Narrow } from "@/lib/contract";
import type { Timeline, ViewInput } from "@/lib/dashboards/types";
import type { Severity } from "@/lib/types";
import { about } from "../logic/decisions";

/** All about one SKU over the days of the view. */
export const timelineQuery = (subject: string, view: ViewInput) =>
  queryOptions({
    queryKey: ["dashboards", "timeline", subject, view] as const,
    queryFn: () => call<Timeline>("dashboards.API.Timeline", { subject, view }),
    enabled: subject !== "",
    // Other days of the same SKU are drawn over the old ones; another SKU begins anew.
    placeholderData: (before: Timeline | undefined) => (before?.subject === subject ? before : undefined),
  });

/** A decision as far as this page shows it. */
export type OpenDecision = Narrow<
  Pick<decisions.ItemOutput, "id" | "subject" | "title" | "severity" | "members">,
  { severity: Severity; members: { subject: string }[] }
>;

/** What waits for the seller about a SKU; a decision about several SKUs counts for each. */
export const openDecisionsQuery = (subject: string) =>
  queryOptions({
    queryKey: ["decisions", "of", subject] as const,
    queryFn: async () => {
      const { items } = await call<{ items: OpenDecision[] }>("decisions.API.Inbox", { tab: "needs", marketplace: "" });
      return items.filter((item) => about(item, subject));
    },
  });
