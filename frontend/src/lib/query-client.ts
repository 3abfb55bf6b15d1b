import { QueryClient } from "@tanstack/react-query";
import { toCallError } from "./call";

/** How often, and how soon, what was asked of an account that was just closed is asked of the next one. */
const again = { times: 3, afterMs: 200 };

/**
 * Data is good until the Go program says otherwise ("changed:<module>"), so nothing is
 * fetched again by itself, and being off the network changes nothing: the data is on this computer.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 30 * 60_000,
        retry: (failures, error) => failures < again.times && toCallError(error).code === "cancelled",
        retryDelay: again.afterMs,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
