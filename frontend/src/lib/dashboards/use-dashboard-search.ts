import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { changeSearch, type DashboardSearch, dashboardSearch, viewOf } from "./search";
import type { ViewInput } from "./types";

export type DashboardView = {
  search: DashboardSearch;
  view: ViewInput;
  /** Changes the address. Moving a cursor or typing is no place to come back to: such changes replace it. */
  change: (change: DashboardSearch) => void;
};

/** How the page is looked at, from its address. */
export function useDashboardSearch(): DashboardView {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const search = useMemo(() => dashboardSearch(raw), [raw]);
  const view = useStable(useMemo(() => viewOf(search), [search]));
  const change = useCallback(
    (part: DashboardSearch) =>
      void navigate({
        to: ".",
        search: (before: Record<string, unknown>) => changeSearch(dashboardSearch(before), part),
        replace: Object.keys(part).every((key) => passing.has(key)),
      }),
    [navigate],
  );
  return { search, view, change };
}

const passing = new Set(["sel", "q", "collapsed", "charts", "cols"]);

/** The same object as long as it says the same, so that what depends on it is not drawn again. */
function useStable(view: ViewInput): ViewInput {
  const said = JSON.stringify(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says when the view is another.
  return useMemo(() => view, [said]);
}
