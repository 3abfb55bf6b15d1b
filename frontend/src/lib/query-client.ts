import { QueryClient } from "@tanstack/react-query";

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
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
