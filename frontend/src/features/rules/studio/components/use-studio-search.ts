import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type StudioSearch, studioSearch } from "../logic/search";

/** The view state in the address, and how to change it. */
export function useStudioSearch() {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const { policy, copy, new: kind, view, tab, subject } = studioSearch(raw);
  const navigate = useNavigate();
  const search = useMemo<StudioSearch>(
    () => ({ policy, copy, new: kind, view, tab, subject }),
    [policy, copy, kind, view, tab, subject],
  );
  const set = useCallback(
    (change: Partial<StudioSearch>) =>
      void navigate({ to: "/rules/edit", search: { ...search, ...change }, replace: true }),
    [navigate, search],
  );
  return { search, set };
}
