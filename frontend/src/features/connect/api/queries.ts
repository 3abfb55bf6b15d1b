import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Checklist, Overview, Progress, Stream } from "./types";

/** All connections and how the vault stands. No secret is ever in it. */
export const overviewQuery = queryOptions({
  queryKey: ["accounts", "overview"],
  queryFn: () => call<Overview>("accounts.API.Overview"),
  staleTime: 0, // the vault may have been locked since
});

/** What a private developer has to do, with the ticks. */
export const checklistQuery = queryOptions({
  queryKey: ["accounts", "checklist"],
  queryFn: () => call<Checklist>("accounts.API.Checklist"),
});

const everyMs = 3000;

/** How far the first fill is; asked again while there is something to come. */
export const progressQuery = queryOptions({
  queryKey: ["jobs", "progress"],
  queryFn: () => call<Progress>("jobs.API.Progress"),
  refetchInterval: ({ state }) =>
    state.data && state.data.whole === state.data.streams && state.data.streams > 0 ? false : everyMs,
});

/** What is fetched, one by one, in the order in which it comes. */
export const streamsQuery = queryOptions({
  queryKey: ["jobs", "streams"],
  queryFn: async () => (await call<{ streams: Stream[] }>("jobs.API.Streams")).streams,
  refetchInterval: everyMs,
});
