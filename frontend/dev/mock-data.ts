import type { AppState, Money, StripCell } from "../src/lib/types";

/** Made-up answers in the shapes of the Go program, for looking at pages while developing. */
export const dollars = (minor: number): Money => ({
  minor,
  currency: "USD",
  text: `$${(minor / 100).toLocaleString("en-US", { minimumFractionDigits: minor % 100 === 0 ? 0 : 2 })}`,
});

const modules = [
  ["accounthealth", "Account health", "Account health report", "Each metric against the target of the report"],
  ["sales", "Sales", "Orders, settlements, business reports", "Units, revenue, fees and profit per SKU and day"],
  ["inventory", "Inventory", "FBA inventory, shipments, lead times", "Days of cover, order-by day, suggested units"],
  ["advertising", "Advertising", "Campaign and search term reports", "Spend, ACoS and waste per campaign and term"],
  ["listings", "Listings", "All listings report", "What cannot be bought or found"],
  ["reviews", "Reviews", "Reviews and returns", "Negative share and return rate per SKU"],
  ["communications", "Messages", "Decisions and digests", "Drafts and notifications"],
] as const;

export const state: AppState = {
  version: "0.1.0",
  demo: true,
  demo_ready: true,
  first_run: false,
  data_dir: "/home/seller/.local/share/purser",
  account: "Harbour Goods",
  marketplaces: ["US", "DE"],
  currency: "USD",
  as_of: "2026-11-24",
  now: "2026-11-25T07:32:00Z",
  locale: "en-US",
  door: "web",
  modules: modules.map(([name, title, input, output]) => ({
    name,
    title,
    input,
    output,
    state: "running",
    reason: "",
    since: "2026-11-25T06:10:00Z",
    recoverable: true,
    facts: 12,
    streams: [],
  })),
  freshness: [
    {
      kind: "orders",
      title: "Orders",
      state: "fresh",
      as_of: "2026-11-25T06:10:00Z",
      settled_through: "2026-11-24",
      text: "Orders as of 06:10. Cancellations can still come for three days.",
    },
    {
      kind: "ads",
      title: "Ads",
      state: "settling",
      as_of: "2026-11-25T05:50:00Z",
      settled_through: "2026-11-21",
      text: "Amazon may restate clicks for 72 hours and sales for 7 days.",
    },
    {
      kind: "reviews",
      title: "Reviews",
      state: "stale",
      as_of: "2026-11-18T06:00:00Z",
      settled_through: "2026-11-18",
      text: "Older than 7 days. Rules about reviews say that they cannot tell.",
    },
  ],
  counts: { decisions: 9, accounthealth: 1, inventory: 4, advertising: 3, reviews: 1 },
  settings: { theme: "system", density: "default", single_keys: true, hide_amounts: false },
  jobs: [],
};

const cell = (key: string, title: string, value: string, detail: string, tone: StripCell["state"], link: string) => ({
  key,
  title,
  value,
  detail,
  state: tone,
  link,
});

export const strip: { cells: StripCell[] } = {
  cells: [
    cell("account", "Account", "Normal", "rating 312", "good", "/m/accounthealth"),
    cell("listings", "Not sellable", "2", "−$184 a day", "warning", "/m/listings"),
    cell("stock", "Running out", "4", "1 before restock", "warning", "/m/inventory"),
    cell("yesterday", "Yesterday", "$1,020", "▲ 6 % vs Wednesdays", "neutral", "/m/sales"),
    cell("profit", "Profit, month", "$3,118", "71 % settled", "neutral", "/m/sales"),
    cell("ads", "Ads, wasted", "$112", "7 days", "info", "/m/advertising"),
  ],
};

type Item = Record<string, unknown>;

const base = {
  subject_kind: "sku",
  marketplace: "US",
  version: 4,
  case: "low",
  severity: "warning",
  at_stake: null,
  at_stake_per: "day",
  due: "",
  due_text: "",
  state: "proposed",
  regressed: false,
  maturity: "fresh",
  as_of: "2026-11-24",
  age_days: 1,
  members: [] as Item[],
  policy: "restock",
  policy_title: "Runs out before restock",
};

const task = (label: string, checklist: string[], link = "") => ({ kind: "task", label, units: 0, link, checklist });

const rawItems: Item[] = [
  {
    ...base,
    id: "1",
    subject_kind: "health_metric",
    subject: "US/late_shipment_rate",
    label: "Late shipment rate",
    policy: "health",
    policy_title: "Account health near its limit",
    severity: "critical",
    title: "Late shipments 3.8 %, limit 4 %",
    sentence: "One more late order this week breaches. 2 of the 6 roll off on Thursday.",
    due: "2026-11-26",
    due_text: "2 d 18 h left",
    action: task("Open plan", [
      "Confirm today's shipments before 16:00",
      "Check the handling time of the six late SKUs",
    ]),
  },
  {
    ...base,
    id: "2",
    subject: "US/SKU-104",
    label: "SKU-104 Steel flask 750 ml",
    title: "SKU-104 sells out 12 Dec, 9 days before stock can land",
    sentence: "Cover 19 days, lead time 28. Steel flask 750 ml, United States.",
    at_stake: dollars(41200),
    due: "2026-11-25",
    due_text: "order by",
    action: { kind: "inventory.restock", label: "Approve order of 480", units: 480, link: "", checklist: [] },
  },
  {
    ...base,
    id: "3",
    subject: "US/SKU-087",
    label: "SKU-087 Lid set",
    policy: "decline",
    policy_title: "Sales fall while ads are dear",
    title: "SKU-087 falls 42 %, ads are dear, reviews turned",
    sentence: 'Re-evaluate the listing and customer service. 7 of 11 new ratings negative: "lid leaks".',
    at_stake: dollars(9600),
    maturity: "estimated",
    action: task("Start the review", [
      "Read the last 11 reviews",
      "Check the lid of the last batch",
      "Rewrite the third bullet of the listing",
      "Answer the two open buyer messages",
    ]),
  },
  {
    ...base,
    id: "4",
    subject_kind: "search_term",
    subject: "US/Flasks broad/steel flask",
    label: "steel flask",
    policy: "waste",
    policy_title: "Clicks without orders",
    title: '"steel flask" took 61 clicks, no order',
    sentence: "At this SKU's conversion, 61 clicks should have brought 5 orders.",
    at_stake: dollars(3800),
    at_stake_per: "once",
    due: "2026-11-26",
    due_text: "settles",
    maturity: "settling",
    action: task(
      "Negate, exact",
      ["Add steel flask as a negative exact keyword to Flasks broad"],
      "https://advertising.amazon.com/",
    ),
  },
  {
    ...base,
    id: "5",
    subject: "DE/SKU-031",
    label: "SKU-031 Lunch box",
    marketplace: "DE",
    policy: "listing",
    policy_title: "Listing not sellable",
    title: "SKU-031 is suppressed from search",
    sentence: "Main image missing. Best seller in Germany until Sunday.",
    at_stake: dollars(18400),
    due: "2026-11-22",
    due_text: "since",
    regressed: true,
    action: task("Fix guide", ["Upload a main image on white", "Check it again after 24 hours"]),
  },
  {
    ...base,
    id: "6",
    subject: "group:restock-soon",
    label: "4 SKUs",
    title: "4 SKUs reach their order day this week",
    sentence: "Cover 30 to 34 days, lead time 28. One supplier.",
    at_stake: dollars(21900),
    due: "2026-11-29",
    due_text: "order by",
    action: { kind: "inventory.restock", label: "Review 4", units: 960, link: "", checklist: [] },
    members: ["SKU-201", "SKU-202", "SKU-203", "SKU-204"].map((sku, index) => ({
      ...base,
      id: `6-${index}`,
      subject: `US/${sku}`,
      label: sku,
      title: `${sku} reaches its order day on ${26 + index} Nov`,
      sentence: `Cover ${30 + index} days, lead time 28.`,
      at_stake: dollars(4100 + index * 950),
      due: `2026-11-${26 + index}`,
      due_text: "order by",
      action: { kind: "inventory.restock", label: "Approve order of 240", units: 240, link: "", checklist: [] },
    })),
  },
  {
    ...base,
    id: "7",
    subject_kind: "marketplace",
    subject: "US",
    label: "United States",
    policy: "reviews",
    policy_title: "Review requests",
    severity: "info",
    title: "24 orders may be asked for a review",
    sentence: "Delivered 5 to 30 days ago, not returned, never asked.",
    due: "2026-11-27",
    due_text: "window closes",
    action: task("Send 24 requests", ["Open each order and choose Request a review"]),
  },
];

const rawNoticed: Item[] = [
  {
    ...base,
    id: "20",
    subject: "US/SKU-310",
    label: "SKU-310",
    severity: "info",
    title: "SKU-310 has 94 days of cover",
    sentence: "More than 90 days; storage costs $12 a month.",
    action: task("Note it", []),
  },
  {
    ...base,
    id: "21",
    subject: "US/SKU-311",
    label: "SKU-311",
    severity: "info",
    title: "SKU-311 was returned twice as often as usual, on 5 orders",
    sentence: "Too few to tell.",
    action: task("Note it", []),
  },
];

const why = (line: Item) => ({
  case: "low",
  clause: "",
  expression: "",
  value: "",
  unit: "",
  source: "FBA inventory",
  as_of: "2026-11-25T06:10:00Z",
  maturity: "fresh",
  result: "true",
  depth: 0,
  note: "",
  ...line,
});

export const details = {
  do: "Order 480 units by today. You sell 11.2 a day (likely 9.4–13.5); your last six shipments took 23–41 days. Waiting two weeks lifts the risk of running out from 31 % to 78 %, about $3,300 of profit.",
  if_you_wait: "−$412 a day from 12 Dec. A rush shipment would cost $1.90 a unit.",
  why: [
    why({
      case: "decline",
      clause: "decline",
      expression: "sales.change_28d < threshold.decline",
      text: "Sales decline: change −3 % against limit −20 %",
      value: "−3",
      unit: "%",
      source: "Orders",
      as_of: "2026-11-24",
      result: "false",
    }),
    why({
      case: "decline",
      clause: "ads_high",
      expression: "advertising.acos > threshold.break_even",
      text: "Ad spend is high",
      source: "Campaign report",
      as_of: "2026-11-21",
      maturity: "settling",
      result: "not_needed",
      note: "Not looked at: the first clause was false.",
    }),
    why({
      case: "decline",
      clause: "reviews_negative",
      expression: "reviews.negative_low > threshold.negative",
      text: "Reviews are negative",
      source: "Reviews",
      as_of: "",
      maturity: "missing",
      result: "unknown",
      note: "Reviews of this SKU are missing.",
    }),
    why({
      clause: "low",
      expression: "inventory.cover_days < inventory.lead_time_days + 7",
      text: "Cover is below lead time 28 + 7",
      value: "19.0",
      unit: "days",
    }),
    why({
      expression: "inventory.on_hand",
      text: "212 on hand, 11.2 a day over in-stock days",
      value: "212",
      unit: "units",
      depth: 1,
    }),
    why({
      clause: "held",
      expression: "hold 2 days",
      text: "Held for 2 days: 22, 23 Nov",
      value: "2",
      unit: "days",
      as_of: "2026-11-23",
      source: "",
    }),
  ],
  unknown: ["reviews missing"],
  history: [
    { seq: 2, at: "2026-11-24T06:11:00Z", from: "", to: "proposed", by: "rule", reason: "" },
    { seq: 1, at: "2026-11-20T07:40:00Z", from: "proposed", to: "snoozed", by: "you", reason: "until worse" },
  ],
  restock_line: null,
  task: null,
};

/** Completes the short form above to the shape of the program. */
function complete(item: Item): Item {
  const members = (item.members as Item[]).map(complete);
  const due = String(item.due);
  return {
    ...item,
    ids: members.length > 0 ? members.map((member) => member.id) : [item.id],
    at_stake_per: item.at_stake ? item.at_stake_per : "",
    due_days: due === "" ? 0 : Math.round((Date.parse(due) - Date.parse("2026-11-25")) / 86_400_000),
    do: members.length > 0 ? "" : details.do,
    if_you_wait: members.length > 0 ? "" : details.if_you_wait,
    unknown: details.unknown,
    state_text: item.regressed ? "came back" : "",
    settled: "",
    members,
  };
}

export const items = rawItems.map(complete);
export const alsoNoticed = rawNoticed.map(complete);
