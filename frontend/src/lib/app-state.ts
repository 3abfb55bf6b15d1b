import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "./call";
import type { AppState, DisplaySettings } from "./types";

/** What the whole window needs to know: account, freshness, modules, counts, display settings. */
export const appStateQuery = queryOptions({
  queryKey: ["app", "state"],
  queryFn: () => call<AppState>("app.API.State"),
});

export function useAppState() {
  return useQuery(appStateQuery);
}

/** Sets how things are shown, at once on screen and then in the program. */
export async function setDisplay(client: QueryClient, change: Partial<DisplaySettings>): Promise<void> {
  const state = client.getQueryData(appStateQuery.queryKey);
  if (!state) return;
  const settings = { ...state.settings, ...change };
  client.setQueryData(appStateQuery.queryKey, { ...state, settings });
  try {
    await call<DisplaySettings>("app.API.SetDisplay", settings);
  } catch (reason) {
    await client.invalidateQueries({ queryKey: appStateQuery.queryKey });
    throw reason;
  }
}
