import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Document, KindFreshness, Quarantine } from "./types";

/** Documents per window of the table. */
export const DOCUMENTS_LIMIT = 100;

/** How fresh each kind of report is; goes out of date with every import. */
export const freshnessQuery = queryOptions({
  queryKey: ["data", "freshness"],
  queryFn: () => call<{ kinds: KindFreshness[] }>("ingest.API.Freshness").then((out) => out.kinds),
});

/** The report files taken in, newest first, read window by window. */
export const documentsQuery = infiniteQueryOptions({
  queryKey: ["data", "documents"],
  queryFn: ({ pageParam }) =>
    call<{ rows: Document[]; total: number }>("ingest.API.Documents", { offset: pageParam, limit: DOCUMENTS_LIMIT }),
  initialPageParam: 0,
  getNextPageParam: (last, pages) => {
    const read = pages.reduce((n, page) => n + page.rows.length, 0);
    return last.rows.length > 0 && read < last.total ? read : undefined;
  },
});

/** The rows of one document that could not be read. */
export const quarantineQuery = (documentId: number) =>
  queryOptions({
    queryKey: ["data", "quarantine", documentId],
    queryFn: () => call<Quarantine>("ingest.API.Quarantine", { document_id: documentId }),
    enabled: documentId > 0,
  });
