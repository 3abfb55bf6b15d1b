import { queryOptions } from "@tanstack/react-query";
import { call } from "../call";
import type { Progress, Stream } from "./types";

/** While something is under way it is asked again, as the beginning of a step changes nothing that would be told. */
export const againMs = 5_000;

const moving = new Set(["running", "waiting", "filling"]);

/** Each kind of data that is fetched from Amazon at each place, in the order in which a seller looks at them. */
export const streamsQuery = queryOptions({
  queryKey: ["jobs", "streams"],
  queryFn: () => call<{ streams: Stream[] }>("jobs.API.Streams").then((out) => out.streams),
  refetchInterval: ({ state }) => (state.data?.some((s) => moving.has(s.state)) ? againMs : false),
});

export const progressQuery = queryOptions({
  queryKey: ["jobs", "progress"],
  queryFn: () => call<Progress>("jobs.API.Progress"),
});
