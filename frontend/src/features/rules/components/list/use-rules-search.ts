import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { type RulesSearch, rulesSearch } from "../../pages/search";

/** What the list shows, as its address says, and how to show something else. */
export function useRulesSearch(): [RulesSearch, (change: RulesSearch) => void] {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (next: RulesSearch) =>
      void navigate({ to: "/rules", search: (before: RulesSearch) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  return [rulesSearch(raw), change];
}
