import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { changeSearch, type ModuleSearch, moduleSearch } from "../logic/search";

export interface ModuleView {
  module: string;
  search: ModuleSearch;
  change: (change: ModuleSearch) => void;
}

/** Which module and how it is looked at, from the address. */
export function useModuleView(): ModuleView {
  const { module = "" } = useParams({ strict: false }) as { module?: string };
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const search = useMemo(() => moduleSearch(raw), [raw]);
  const change = useCallback(
    (part: ModuleSearch) =>
      void navigate({
        to: "/m/$module",
        params: { module },
        search: changeSearch(search, part),
        // Moving the cursor and typing a filter are no places to come back to.
        replace: !("kind" in part),
      }),
    [navigate, module, search],
  );
  return { module, search, change };
}
