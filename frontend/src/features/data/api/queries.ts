import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import { startPreview } from "./mutations";
import type { Documents, FileOptions, KindFreshness, Quarantine } from "./types";

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
  queryFn: ({ pageParam }) => call<Documents>("ingest.API.Documents", { offset: pageParam, limit: DOCUMENTS_LIMIT }),
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

/** Starts a preview of these files with these answers and gives its job; the same question is not asked twice. */
export const previewQuery = (paths: string[], options: FileOptions[]) =>
  queryOptions({
    // Not under "data": an import that ends must not start a preview again.
    queryKey: ["preview", paths, options],
    queryFn: () => startPreview({ paths, options }),
    enabled: paths.length > 0,
    // Files may have changed on disk, so coming back to the page looks at them again.
    gcTime: 0,
  });
