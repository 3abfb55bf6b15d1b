import { streamLook } from "@/lib/fetching/stream-state";
import type { Ask, Stream, StreamName } from "../api/types";
import { apiName, regionName } from "./places";

export const streamKey = ({ feed, region, marketplace }: StreamName) => [feed, region, marketplace].join("/");

/** Only what names it, so that nothing else is sent along. */
export const nameOf = ({ feed, region, marketplace }: StreamName): StreamName => ({ feed, region, marketplace });

/** The finding of the tab: "31 of 36 kinds of data are up to date, 2 need you." */
export function streamsSentence(streams: readonly Stream[]): string {
  if (streams.length === 0) return "No Amazon account is connected; files can be imported all the same.";
  const fresh = streams.filter((s) => s.state === "fresh").length;
  const stuck = streams.filter((s) => !streamLook(s.state).byItself && s.state !== "paused").length;
  const paused = streams.filter((s) => s.state === "paused").length;
  const need = stuck === 0 ? "" : stuck === 1 ? ", 1 needs you" : `, ${stuck} need you`;
  const rests = paused === 0 ? "" : `, ${paused} paused`;
  if (fresh === streams.length) return `All ${fresh} kinds of data are up to date.`;
  return `${fresh} of ${streams.length} kinds of data are up to date${need}${rests}.`;
}

export type Trouble = {
  kind: "reconnect" | "offline" | "clock";
  /** Whose connection: "Seller Central, Europe". */
  whose: string;
  /** What the stream says of it. */
  text: string;
  /** The last try, the next one and the last time something came; "" where it is not known. */
  tried: string;
  next: string;
  reached: string;
};

/** What stands in the way of a whole connection, once each. */
export function troubles(streams: readonly Stream[]): Trouble[] {
  const out: Trouble[] = [];
  for (const kind of ["reconnect", "offline", "clock"] as const) {
    const found = streams.filter((s) => s.state === kind);
    // The clock is one, and so is the way to the internet; a connection is one of each region.
    const lanes = new Set(found.map((s) => (kind === "reconnect" ? `${s.api}/${s.region}` : "")));
    for (const lane of lanes) {
      const members = found.filter((s) => lane === "" || `${s.api}/${s.region}` === lane);
      const first = members[0];
      if (first)
        out.push({ kind, whose: `${apiName(first.api)}, ${regionName(first.region)}`, ...times(members, streams) });
    }
  }
  return out;
}

function times(
  members: readonly Stream[],
  all: readonly Stream[],
): Pick<Trouble, "text" | "tried" | "next" | "reached"> {
  const tried = latest(members.map((s) => s.failure?.at ?? ""));
  // A next try that is not after the last one says nothing.
  const next = members.map((s) => s.next_run).filter((at) => at > tried);
  return {
    text: members[0]?.text ?? "",
    tried,
    next: next.sort()[0] ?? "",
    reached: latest(all.map((s) => s.last_success)),
  };
}

const latest = (instants: readonly string[]) => [...instants].sort().at(-1) ?? "";

/** What was asked for of one stream, what waits first. */
export function asksOf(asks: readonly Ask[], stream: StreamName): Ask[] {
  const key = streamKey(stream);
  return asks.filter((ask) => streamKey(ask) === key);
}
