import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { type TraceSearch, traceSearch } from "./search";

/** What the trace page shows, as its address says, and how to show something else. */
export function useTraceSearch(): [TraceSearch, (change: TraceSearch, replace?: boolean) => void] {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (next: TraceSearch, replace = false) =>
      void navigate({ to: "/rules/trace", search: (before: TraceSearch) => ({ ...before, ...next }), replace }),
    [navigate],
  );
  return [traceSearch(raw), change];
}
