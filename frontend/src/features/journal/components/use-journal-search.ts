import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type JournalSearch, journalSearch } from "../logic/search";

/** What the Journal shows, as its address says, and how to show something else. */
export function useJournalSearch(): [JournalSearch, (change: JournalSearch) => void] {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (next: JournalSearch) =>
      void navigate({ to: "/journal", search: (before: JournalSearch) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  return [useMemo(() => journalSearch(raw), [raw]), change];
}
