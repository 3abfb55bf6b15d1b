import type { Failure, Stream } from "../types";

/** Streams and failures as Go gives them, with what a test does not say made up. */
export function madeStream(part: Partial<Stream> = {}): Stream {
  return {
    feed: "spapi.all_orders",
    title: "All orders",
    api: "spapi",
    region: "na",
    marketplace: "US",
    group: "reports",
    state: "fresh",
    text: "Up to date until 25 Nov 06:10 UTC.",
    covered_from: "2024-11-25T08:00:00Z",
    covered_until: "2026-11-25T06:10:00Z",
    settled_through: "2026-11-22",
    filled: 100,
    last_success: "2026-11-25T06:40:00Z",
    next_run: "2026-11-26T06:10:00Z",
    rows: 18204,
    seconds: 74,
    runs: 41,
    open: 0,
    quota_left: "9 of 15 left",
    note: "",
    failure: null,
    ...part,
  };
}

export function madeFailure(part: Partial<Failure> = {}): Failure {
  return {
    fault: "denied",
    message:
      "The account's access lacks the role Finance and Accounting. Add it in Seller Central, then press Fetch now.",
    raw: '{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied."}]}',
    request_id: "f1c3e2d4-0a5b-4c6d-8e7f-9a0b1c2d3e4f",
    operation: "listTransactions",
    status: 403,
    at: "2026-11-25T06:12:00Z",
    ...part,
  };
}
