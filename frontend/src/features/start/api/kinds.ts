import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";

/** A kind of report that Purser reads: where to download it and what it makes possible. */
export type ReportKind = { kind: string; title: string; where: string; unlocks: string; documents: number };

export const reportKindsQuery = queryOptions({
  queryKey: ["start", "kinds"],
  queryFn: async () => (await call<{ kinds: ReportKind[] }>("ingest.API.Freshness")).kinds,
  staleTime: 0,
});
