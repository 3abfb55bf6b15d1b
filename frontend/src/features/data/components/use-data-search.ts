import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { type DataSearch, dataSearch } from "../logic/search";

/** The view state in the address and a way to change part of it. */
export function useDataSearch(): [DataSearch, (change: Partial<DataSearch>) => void] {
  const search = dataSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const { tab, kind, doc, stream, ask, keep } = search;
  const change = useCallback(
    (part: Partial<DataSearch>) =>
      void navigate({
        to: "/data",
        search: { tab, kind, doc, stream, ask, keep, ...part },
        replace: part.tab === undefined,
      }),
    [navigate, tab, kind, doc, stream, ask, keep],
  );
  return [search, change];
}
