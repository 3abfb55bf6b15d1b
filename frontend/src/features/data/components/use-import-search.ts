import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { type ImportSearch, importSearch } from "../logic/search";

/** The files and the job in the address, and a way to change them. */
export function useImportSearch(): [ImportSearch, (next: ImportSearch, replace?: boolean) => void] {
  const search = importSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const change = useCallback(
    (next: ImportSearch, replace = false) => void navigate({ to: "/data/import", search: next, replace }),
    [navigate],
  );
  return [search, change];
}
