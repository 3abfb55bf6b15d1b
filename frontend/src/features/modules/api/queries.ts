import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type {
  DailySeries,
  Explanation,
  FactTable,
  FactTableInput,
  FactWindow,
  ModuleStatus,
  ReportKind,
} from "./types";

/** Rows per window; a page never asks for more at once. */
export const WINDOW = 200;

/** How every module is doing. */
export const modulesQuery = queryOptions({
  queryKey: ["modules", "list"],
  queryFn: () => call<{ modules: ModuleStatus[] }>("modulehost.API.Modules").then((out) => out.modules),
});

/** One window of a module's facts. The root key is the module, so "changed:<module>" makes it out of date. */
export const factTableQuery = (input: FactTableInput) =>
  queryOptions({
    queryKey: [input.module, "facts", input] as const,
    queryFn: async (): Promise<FactTable> => ({
      ...(await call<FactWindow>("modulehost.API.FactTable", input)),
      offset: input.offset,
    }),
    enabled: input.module !== "",
  });

/** Reports by kind: what they are called, whether they are here, and where to get them. */
export const reportKindsQuery = queryOptions({
  queryKey: ["data", "kinds"],
  queryFn: () => call<{ kinds: ReportKind[] }>("ingest.API.Freshness").then((out) => out.kinds),
});

/** A daily series of one subject from day to day, both included. */
export const seriesQuery = (module: string, series: string, subject: string, from: string, to: string) =>
  queryOptions({
    queryKey: [module, "series", series, subject, from, to],
    queryFn: () => call<DailySeries>("modulehost.API.Series", { series, subject, from, to }),
    enabled: series !== "" && subject !== "" && from !== "" && to !== "",
  });

/** How every policy came to its outcome for one subject. */
export const explainQuery = (module: string, subject: string, asOf: string) =>
  queryOptions({
    queryKey: [module, "explain", subject, asOf],
    queryFn: () =>
      call<{ explanations: Explanation[] }>("rules.API.Explain", { subject, policy: "", as_of: asOf }).then(
        (out) => out.explanations,
      ),
    enabled: subject !== "",
  });

export function retryModule(module: string): Promise<unknown> {
  return call("modulehost.API.Retry", { module });
}
