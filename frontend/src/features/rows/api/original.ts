import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { ingest, Narrow } from "@/lib/contract";

/**
 * One row of a file as it came in, with the rows around it. Lines count from 1, the heading with them; `path` is
 * where the row is in a JSON document, "" for tables.
 */
export type Original = Narrow<ingest.OriginalOutput>;

/** A row of a kept document. It does not change, so it is never out of date. */
export const originalQuery = (document: number, line: number) =>
  queryOptions({
    queryKey: ["rows", "original", document, line],
    queryFn: () => call<Original>("ingest.API.Original", { document, line }),
    enabled: document > 0,
  });
