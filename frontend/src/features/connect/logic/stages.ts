import type { Stream } from "../api/types";

/** A part of the first fill and the page that it opens. */
export type Stage = {
  name: string;
  title: string;
  page: string;
  pageTitle: string;
  state: "ready" | "arriving" | "waiting" | "stuck";
  /** Why it does not come, as the program says it; "" otherwise. */
  note: string;
};

type Kind = Pick<Stage, "name" | "title" | "page" | "pageTitle"> & { feeds: RegExp };

const kinds: readonly Kind[] = [
  { name: "orders", title: "Orders", page: "/sales", pageTitle: "Sales", feeds: /^spapi\.(orders|all_orders)$/ },
  { name: "listings", title: "Listings", page: "/listings", pageTitle: "Listings", feeds: /listings$/ },
  { name: "health", title: "Account health", page: "/health", pageTitle: "Health", feeds: /^spapi\.account_health$/ },
  {
    name: "returns",
    title: "Returns and feedback",
    page: "/reviews",
    pageTitle: "Reviews",
    feeds: /returns$|feedback$/,
  },
  {
    name: "money",
    title: "Settlements and fees",
    page: "/sales",
    pageTitle: "Sales",
    feeds: /^spapi\.(settlements|transactions|reimbursements|fba_fee_estimates)$/,
  },
  {
    name: "traffic",
    title: "Sales and traffic",
    page: "/sales",
    pageTitle: "Sales",
    feeds: /^spapi\.sales_and_traffic$/,
  },
  {
    name: "stock",
    title: "Stock",
    page: "/inventory",
    pageTitle: "Inventory",
    feeds: /^spapi\.(stock|fba_inventory|fba_inventory_planning|restock_recommendations|stranded_inventory)$/,
  },
  { name: "ads", title: "Adverts", page: "/ads", pageTitle: "Ads", feeds: /^adsapi\./ },
];

const other: Kind = { name: "other", title: "Other reports", page: "/data", pageTitle: "Data", feeds: /^/ };

/** States in which nothing comes until a person, or Amazon, does something. */
const stuckStates = ["denied", "not_offered", "reconnect", "paused", "held", "stopped", "clock", "invalid"];

/** The streams in a handful of stages, in the order in which they come. */
export function stagesOf(streams: readonly Stream[]): Stage[] {
  const groups = new Map<Kind, Stream[]>();
  for (const stream of streams) {
    const kind = kinds.find(({ feeds }) => feeds.test(stream.feed)) ?? other;
    groups.set(kind, [...(groups.get(kind) ?? []), stream]);
  }
  return [...groups].map(([{ feeds: _, ...kind }, members]) => ({ ...kind, ...standing(members) }));
}

/** Ready once each stream that can come has its newest data: the past goes on arriving behind it. */
function standing(streams: readonly Stream[]): Pick<Stage, "state" | "note"> {
  const coming = streams.filter((stream) => isHere(stream) || !stuckStates.includes(stream.state));
  if (coming.length === 0) return { state: "stuck", note: streams[0]?.text ?? "" };
  if (coming.every(isHere)) return { state: "ready", note: "" };
  const begun = coming.some((stream) => isHere(stream) || stream.state === "running");
  return { state: begun ? "arriving" : "waiting", note: "" };
}

const isHere = (stream: Stream) => stream.last_success !== "";

/** "3 of 7 ready, about 6 min left; you can start" */
export function sentence(stages: readonly Stage[], left: string): string {
  const coming = stages.filter(({ state }) => state !== "stuck");
  const ready = coming.filter(({ state }) => state === "ready").length;
  if (stages.length === 0) return "The first data is being ordered.";
  if (coming.length === 0) return "Nothing can arrive yet; see below what stands in the way.";
  if (ready === coming.length) return "All parts are ready. The past goes on arriving behind them.";
  const time = left === "" ? "" : `, ${left} left`;
  return `${ready} of ${coming.length} ready${time}${ready > 0 ? "; you can start" : ""}`;
}
