import type { Ask, Quota, Stream } from "../src/features/data/api/types";
import { FakeFetching } from "../src/features/data/testdata/fake-fetching";
import { madeAsk, madeFailure, madeStream } from "../src/features/data/testdata/fetched";

type Feed = [feed: string, title: string, group: string, places: "each" | "region", snapshot: boolean];

const feeds: Feed[] = [
  ["spapi.orders", "Orders (live)", "orders", "each", false],
  ["spapi.all_orders", "All orders", "reports", "each", false],
  ["spapi.fba_inventory", "FBA stock report", "reports", "each", true],
  ["spapi.stock", "FBA stock (live)", "inventory", "each", true],
  ["spapi.merchant_listings", "All listings", "reports", "each", true],
  ["spapi.account_health", "Account health", "reports", "each", true],
  ["spapi.settlements", "Settlements", "settlements", "region", false],
  ["spapi.sales_and_traffic", "Sales and traffic", "traffic", "each", false],
  ["spapi.fba_inventory_planning", "FBA inventory planning", "reports", "each", true],
  ["spapi.restock_recommendations", "Restock recommendations", "reports", "each", true],
  ["spapi.fba_returns", "FBA customer returns", "reports", "each", false],
  ["spapi.reimbursements", "FBA reimbursements", "reports", "each", false],
  ["spapi.transactions", "Transactions (live)", "finances", "each", false],
  ["spapi.seller_feedback", "Seller feedback", "reports", "each", false],
  ["adsapi.sp_campaigns", "Sponsored Products campaigns", "ads_reports", "each", false],
  ["adsapi.sp_products", "Sponsored Products advertised products", "ads_reports", "each", false],
  ["adsapi.sp_search_terms", "Sponsored Products search terms", "ads_reports", "each", false],
  ["adsapi.campaigns", "Campaigns as they are set up", "ads_lists", "each", true],
];

const places = [
  { region: "na", marketplace: "US" },
  { region: "eu", marketplace: "DE" },
];

const regional = places.map(({ region }) => ({ region, marketplace: "" }));

/** What is not plainly fresh, by feed and region. */
const odd: Record<string, Partial<Stream>> = {
  "spapi.orders na": { state: "running", text: "Being fetched now." },
  "spapi.sales_and_traffic na": { state: "throttled", text: "Amazon asks to wait. Next try: 25 Nov 07:48 UTC." },
  "spapi.fba_inventory eu": {
    state: "late",
    text: "Late: it reaches until 21 Nov 06:10 UTC; next try: 25 Nov 08:00 UTC.",
  },
  "spapi.transactions eu": { state: "denied", failure: madeFailure(), text: madeFailure().message, last_success: "" },
  "spapi.restock_recommendations eu": {
    state: "not_offered",
    text: "Amazon does not make this for your account; it is asked again on 26 Nov 06:00 UTC.",
  },
  "adsapi.sp_search_terms na": {
    state: "fatal",
    text: "Amazon began the report and gave it up. Next try: 25 Nov 10:10 UTC.",
    failure: madeFailure({
      fault: "fatal",
      message: "Amazon began the report and gave it up. It is ordered anew by itself.",
      operation: "createReport",
      status: 200,
      raw: '{"reportId":"7d1c…","status":"FAILED","failureReason":"INTERNAL_ERROR"}',
    }),
  },
  "spapi.seller_feedback eu": { state: "paused", text: "Paused: nothing is fetched until you resume it." },
};

function made(change: (stream: Stream, index: number) => Partial<Stream>): Stream[] {
  const all = feeds.flatMap(([feed, title, group, where, snapshot]) =>
    (where === "each" ? places : regional).map((place) =>
      madeStream({
        ...place,
        feed,
        title,
        group,
        api: feed.startsWith("ads") ? "adsapi" : "spapi",
        ...(snapshot ? { covered_from: "", settled_through: "", rows: 312, seconds: 41 } : {}),
      }),
    ),
  );
  return all.map((stream, index) => ({ ...stream, ...change(stream, index) }));
}

const settled = () => made((s) => odd[`${s.feed} ${s.region}`] ?? {});

/** The first fill: what comes first is here, what is next is under way. */
const filling = () =>
  made((_, index) => {
    if (index < 9) return {};
    if (index < 13) return { state: "running", text: "Being fetched now.", filled: 70 - 12 * (index - 8) };
    const empty = { covered_from: "", covered_until: "", settled_through: "", last_success: "", rows: 0, filled: 0 };
    return { ...empty, state: "waiting", text: "Waits for its first turn." };
  });

const offline = () =>
  made((_, index) =>
    index % 3 === 0
      ? {
          state: "offline",
          text: "Amazon can't be reached; it is tried again by itself.",
          next_run: "2026-11-25T07:44:00Z",
          failure: madeFailure({
            fault: "offline",
            message: "Amazon can't be reached. Purser tries again by itself.",
            raw: "",
            request_id: "",
            status: 0,
            at: "2026-11-25T07:12:00Z",
          }),
        }
      : {},
  );

const reconnect = () =>
  made((s) =>
    s.region === "eu" && s.api === "spapi"
      ? { state: "reconnect", text: "Amazon no longer accepts the connection: connect the account anew." }
      : {},
  );

function work(streams: readonly Stream[]): Ask[] {
  const of = (index: number) => {
    const { feed, title, region, marketplace } = streams[index % Math.max(1, streams.length)] ?? madeStream();
    return { feed, title, region, marketplace };
  };
  const open = Array.from({ length: 14 }, (_, i) =>
    madeAsk({
      ...of(i),
      id: 100 + i,
      kind: ["fresh", "snapshot", "again", "backfill"][i % 4],
      ...(i < 2 ? { status: "running", text: "Being fetched now." } : {}),
      ...(i === 3 ? { text: "Amazon is making it; looked at again 25 Nov 07:36 UTC." } : {}),
      ...(i === 5 ? { status: "held", text: madeFailure().message, failure: madeFailure(), attempts: 2 } : {}),
      ...(i % 4 === 1 ? { from: "", to: "" } : {}),
    }),
  );
  const done = Array.from({ length: 60 }, (_, i) =>
    madeAsk({
      ...of(i),
      id: 90 - i,
      status: "done",
      text: `${1200 - i} rows, ${i * 3} new or different.`,
      ended: `2026-11-25T0${6 - (i % 6)}:1${i % 10}:00Z`,
      rows: 1200 - i,
      changed: i * 3,
    }),
  );
  return [...open, ...done];
}

const groups = [
  ["spapi", "na", "reports", 26, "9 of 15 left, full in 4 min"],
  ["spapi", "na", "orders", 24, "18 of 20 left"],
  ["spapi", "eu", "reports", 26, "15 of 15 left"],
  ["spapi", "eu", "finances", 9, ""],
  ["adsapi", "na", "ads_reports", 8, "unknown until the first answer"],
] as const;

function quota(): Quota[] {
  return groups.flatMap(([api, region, group, planned, left], line) =>
    Array.from({ length: 7 }, (_, back) => ({
      day: `2026-11-${25 - back}`,
      api,
      region,
      group,
      requests: 40 + line * 13 - back * 4,
      begun: Math.max(1, planned - 3 * back),
      planned,
      left: back === 0 ? left : "",
    })),
  );
}

/** jobs.API; ?fetch=filling, offline, reconnect, paused and none in the address show those states. */
export function mockJobs(state: string, changed: () => void) {
  const streams = { filling, offline, reconnect, none: () => [] }[state] ?? settled;
  const account = streams();
  const some = account.length > 0;
  const fake = new FakeFetching({ streams: account, asks: some ? work(account) : [], quota: some ? quota() : [] }, () =>
    setTimeout(changed, 50),
  );
  fake.paused = state === "paused";
  return fake.methods();
}
