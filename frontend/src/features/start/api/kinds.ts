import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { ingest } from "@/lib/contract";

/** A kind of report that Purser reads: where to download it and what it makes possible. */
export type ReportKind = Pick<ingest.KindFreshness, "kind" | "title" | "where" | "unlocks" | "documents">;

export const reportKindsQuery = queryOptions({
  queryKey: ["start", "kinds"],
  queryFn: async () => (await call<{ kinds: ReportKind[] }>("ingest.API.Freshness")).kinds,
  staleTime: 0,
});
