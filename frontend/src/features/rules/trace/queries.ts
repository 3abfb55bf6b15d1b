import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Hit } from "@/lib/dashboards/types";
import type { Change, Explanation } from "./types";

type ExplainInput = { subject: string; policy: string; as_of: string };

/** How a policy, or each, judged a subject on a day; no day: today. */
export const explanationsQuery = ({ subject, policy, as_of }: ExplainInput) =>
  queryOptions({
    queryKey: ["rules", "trace", subject, policy, as_of],
    queryFn: async (): Promise<Explanation[]> =>
      (await call<{ explanations: Explanation[] }>("rules.API.Explain", { subject, policy, as_of })).explanations,
    enabled: subject !== "",
  });

/** As many changes as one can go back to. */
const mostChanges = 200;

/** The runs in which a policy ended otherwise for a subject than before, oldest first. */
export const changesQuery = (subject: string, policy: string) =>
  queryOptions({
    queryKey: ["rules", "traces", subject, policy],
    queryFn: async () => {
      const { traces } = await call<{ traces: Change[] }>("rules.API.Traces", { subject, policy, limit: mostChanges });
      return [...traces].sort((a, b) => `${a.day} ${a.time}`.localeCompare(`${b.day} ${b.time}`));
    },
    enabled: subject !== "" && policy !== "",
  });

/** Subjects whose names have these words. */
export const subjectsQuery = (words: string) =>
  queryOptions({
    queryKey: ["dashboards", "search", words],
    queryFn: async () => (await call<{ hits: Hit[] }>("dashboards.API.Search", { query: words })).hits,
    enabled: words !== "",
  });
