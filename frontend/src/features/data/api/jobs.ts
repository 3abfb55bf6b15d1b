import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import { againMs } from "@/lib/fetching/queries";
import type { Ask, Quota, StreamName } from "./types";

/** Days of requests that are shown. */
export const QUOTA_DAYS = 7;

/** Asks that are done and still shown: beside all that wait, and of one stream in its history. */
export const DONE_LAST = 100;
const doneOfOne = 500;

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
