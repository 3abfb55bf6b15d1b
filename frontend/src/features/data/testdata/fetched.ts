import type { Ask } from "../api/types";

export { madeFailure, madeStream } from "@/lib/fetching/testdata/made";

/** Asks as Go gives them, with what a test does not say made up. */
export function madeAsk(part: Partial<Ask> = {}): Ask {
  return {
    id: 1,
    feed: "spapi.all_orders",
    title: "All orders",
    region: "na",
    marketplace: "US",
    kind: "fresh",
    from: "2026-11-24T06:10:00Z",
    to: "2026-11-25T06:10:00Z",
    day: "",
    status: "open",
    text: "Waits for its turn.",
    attempts: 0,
    next: "2026-11-25T07:40:00Z",
    planned: "2026-11-25T06:40:00Z",
    ended: "",
    rows: 0,
    changed: 0,
    failure: null,
    ...part,
  };
}
