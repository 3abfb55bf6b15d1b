import { streamLook } from "./stream-state";
import type { Stream } from "./types";

export type Stage = {
  feed: string;
  title: string;
  /** Per cent of it that is here, over all places. */
  percent: number;
  state: "here" | "moving" | "waiting" | "stuck";
};

/** The kinds of data in the order in which they are filled, most telling first. */
export function fillStages(streams: readonly Stream[]): Stage[] {
  const feeds = new Map<string, Stream[]>();
  for (const stream of streams) feeds.set(stream.feed, [...(feeds.get(stream.feed) ?? []), stream]);
  return [...feeds].map(([feed, members]) => {
    const percent = Math.floor(members.reduce((sum, s) => sum + s.filled, 0) / members.length);
    return { feed, title: members[0]?.title ?? feed, percent, state: stageState(members) };
  });
}

function stageState(members: readonly Stream[]): Stage["state"] {
  const missing = members.filter((s) => s.filled < 100);
  if (missing.length === 0) return "here";
  if (missing.every((s) => !goesOn(s))) return "stuck";
  return missing.some((s) => s.state === "running" || s.filled > 0) ? "moving" : "waiting";
}

/** What Amazon does not offer is asked for again some day, which is not what the fill waits for. */
const goesOn = (s: Stream) => s.state !== "not_offered" && (s.state === "paused" || streamLook(s.state).byItself);

/** Whether the past is still being filled; what waits for a person does not count. */
export function isFilling(streams: readonly Stream[]): boolean {
  return streams.some((s) => s.filled < 100 && goesOn(s));
}

/** Whether something has not come even once and goes on by itself; the past behind what is here does not count. */
export function isArriving(streams: readonly Stream[]): boolean {
  return streams.some((s) => s.last_success === "" && s.state !== "paused" && goesOn(s));
}
