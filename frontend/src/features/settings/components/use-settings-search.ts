import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type SettingsSearch, settingsSearch } from "../logic/search";

/** The view state in the address and a way to change part of it. */
export function useSettingsSearch(): [SettingsSearch, (change: SettingsSearch) => void] {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const search = useMemo(() => settingsSearch(raw), [raw]);
  const change = useCallback(
    (part: SettingsSearch) =>
      void navigate({
        to: "/settings",
        search: "section" in part ? part : { ...search, ...part },
        replace: !("section" in part),
      }),
    [navigate, search],
  );
  return [search, change];
}
