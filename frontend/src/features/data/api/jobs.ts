import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Ask, Progress, Quota, Stream, StreamName } from "./types";

/** Days of requests that are shown. */
export const QUOTA_DAYS = 7;

/** Asks that are done and still shown: beside all that wait, and of one stream in its history. */
export const DONE_LAST = 100;
const doneOfOne = 500;

/** While something is under way it is asked again, as the beginning of a step changes nothing that would be told. */
const againMs = 5_000;

const moving = new Set(["running", "waiting", "filling"]);

/** Each kind of data that is fetched from Amazon at each place, in the order in which a seller looks at them. */
export const streamsQuery = queryOptions({
  queryKey: ["jobs", "streams"],
  queryFn: () => call<{ streams: Stream[] }>("jobs.API.Streams").then((out) => out.streams),
  refetchInterval: ({ state }) => (state.data?.some((s) => moving.has(s.state)) ? againMs : false),
});

const asksQuery = (done: number) =>
  queryOptions({
    queryKey: ["jobs", "asks", done],
    queryFn: () => call<{ asks: Ask[] }>("jobs.API.Asks", { done }).then((out) => out.asks),
    refetchInterval: ({ state }) =>
      state.data?.some((ask) => ask.status === "running" || ask.status === "open") ? againMs : false,
  });

/** What is under way and waits, in the order of its turn, then what was done last. */
export const workQuery = asksQuery(DONE_LAST);

/** The same with more of what was done, for the history of one stream. */
export const historyQuery = asksQuery(doneOfOne);

export const progressQuery = queryOptions({
  queryKey: ["jobs", "progress"],
  queryFn: () => call<Progress>("jobs.API.Progress"),
});

export const quotaQuery = queryOptions({
  queryKey: ["jobs", "quota"],
  queryFn: () => call<{ days: Quota[] }>("jobs.API.Quota", { days: QUOTA_DAYS }).then((out) => out.days),
});

/** All there is. */
export const everything: StreamName = { feed: "", region: "", marketplace: "" };

/** Has it fetched at once; says in words what comes of it. */
export function fetchNow(name: StreamName): Promise<string> {
  return call<{ text: string }>("jobs.API.RunNow", name).then((out) => out.text);
}

/** Pauses or resumes a stream, or everything. */
export function setPaused(name: StreamName, paused: boolean): Promise<unknown> {
  return paused ? call("jobs.API.Pause", name) : call("jobs.API.Resume", name);
}

/** Stops one piece of work; what was stored stays. */
export function cancelAsk(id: number): Promise<unknown> {
  return call("jobs.API.Cancel", { id });
}
