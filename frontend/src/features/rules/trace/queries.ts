import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Hit } from "@/lib/dashboards/types";
import { ask } from "../components/ask";
import type { Explanation, Run } from "./types";

type ExplainInput = { subject: string; policy: string; as_of: string };

/** How a policy, or each, judged a subject on a day; no day: today. */
export const explanationsQuery = ({ subject, policy, as_of }: ExplainInput) =>
  queryOptions({
    queryKey: ["rules", "trace", subject, policy, as_of],
    queryFn: async () =>
      (await ask<{ explanations: Explanation[] }>("rules.API.Explain", { subject, policy, as_of })).explanations,
    enabled: subject !== "",
  });

/** As many days as the strip of runs can lead back to. */
const mostRuns = 120;

/** The days that a policy judged a subject, oldest first. */
export const runsQuery = (subject: string, policy: string) =>
  queryOptions({
    queryKey: ["rules", "traces", subject, policy],
    queryFn: async () => {
      const { runs } = await ask<{ runs: Run[] }>("rules.API.Traces", { subject, policy, limit: mostRuns });
      return [...runs].sort((a, b) => `${a.day} ${a.at}`.localeCompare(`${b.day} ${b.at}`));
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
