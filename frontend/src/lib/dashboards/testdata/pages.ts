import type { ChartKind, ChartSpec, TableSpec, Tile } from "../types";
import { changeOf, daily, missing, money, plain } from "./values";

export type MockPage = {
  title: string;
  question: string;
  tiles: Tile[];
  charts: ChartSpec[];
  tables: TableSpec[];
};

function tile(name: string, title: string, values: Tile["values"], more: Partial<Tile> = {}): Tile {
  return {
    name,
    title,
    values,
    subject: "",
    change: plain({ text: "", maturity: "" }),
    before: "",
    unit: "",
    window: "28 Oct – 24 Nov",
    line: null,
    table: "",
    preset: "",
    ...more,
  };
}

const both = (usd: number, eur: number) => [money(usd, "USD"), money(eur, "EUR", { maturity: "settling" })];
const moved = (change: number, better: string, before: string, seed: number): Partial<Tile> => ({
  change: changeOf(change, better),
  before,
  line: daily(28, 100, seed),
});

const chart = (name: string, title: string, kind: ChartKind, per_subject = false): ChartSpec => ({
  name,
  title,
  kind,
  per_subject,
});

function table(name: string, title: string, columns: string, more: Partial<TableSpec> = {}): TableSpec {
  const names = columns.split(" ");
  return {
    name,
    title,
    subject: "sku",
    list: false,
    columns: names,
    sort: names[0] ?? "",
    desc: true,
    presets: [],
    groups: [
      { name: "marketplace", title: "Marketplace" },
      { name: "tag", title: "Tag" },
      { name: "group", title: "Product group" },
    ],
    ...more,
  };
}

const preset = (name: string, title: string, column: string, op: string, value: string) => ({
  name,
  title,
  filters: [{ column, op, value }],
});

export const pages: Record<string, MockPage> = {
  accounthealth: {
    title: "Health",
    question: "Could I lose the account, which metric moves, what is new?",
    tiles: [
      tile("accounthealth.account", "Account status", [plain({ text: "Normal" })], {
        window: "23 Nov",
        subject: "DE",
      }),
      tile("accounthealth.rating", "Health rating", [plain({ text: "Great" })], { window: "23 Nov" }),
      tile("accounthealth.share", "Worst allowance used", [plain({ text: "92.4 %", num: 92.4 })], {
        window: "23 Nov",
        subject: "US",
        table: "metrics",
      }),
      tile("accounthealth.violations", "Open violations", [plain({ text: "3", num: 3 })], {
        window: "23 Nov",
        table: "metrics",
        preset: "open",
      }),
      tile("accounthealth.new", "New violations 7 d", [missing("No report of a week ago is in.")], {
        window: "23 Nov",
      }),
    ],
    charts: [
      chart("targets", "Rates against their targets", "bullets"),
      chart("history", "A rate against its target over time", "lines", true),
      chart("violations", "Open violations by type", "bars"),
      chart("counts", "Open violations over time", "lines"),
    ],
    tables: [
      table(
        "metrics",
        "Metrics",
        "accounthealth.share accounthealth.rate accounthealth.target accounthealth.headroom accounthealth.count accounthealth.status",
        {
          subject: "health_metric",
          presets: [preset("open", "Open violations", "accounthealth.count", "gt", "0")],
          groups: [{ name: "marketplace", title: "Marketplace" }],
        },
      ),
    ],
  },
  sales: {
    title: "Sales",
    question: "Did I earn, why did it change, and on which SKU?",
    tiles: [
      tile("sales.sales", "Sales", both(48_204, 12_930.5), moved(12.4, "up", "$42,880 · €11,402", 1)),
      tile("sales.units", "Units", [plain({ text: "2,418", num: 2418 })], moved(9.1, "up", "2,216", 2)),
      tile("sales.refunds", "Refunds", both(1446, 388.1), moved(31.2, "down", "$1,102 · €296.00", 3)),
      tile("sales.fees", "Fees", both(14_943, 4008), moved(11.8, "down", "$13,361 · €3,535", 4)),
      tile(
        "sales.profit",
        "Profit",
        [
          money(13_118, "USD", { maturity: "estimated", note: "Cost is missing for 14 SKUs." }),
          missing("No cost given."),
        ],
        {
          ...moved(-3.2, "up", "$13,552", 5),
          table: "skus",
          preset: "losing",
        },
      ),
      tile("sales.margin", "Margin", [plain({ text: "27.2 %", num: 27.2, maturity: "estimated" })], {
        change: changeOf(-4.4, "up", "pp"),
        before: "31.6 %",
        line: daily(28, 27, 6),
      }),
    ],
    charts: [
      chart("sales", "Sales a day", "lines", true),
      chart("profit", "From sales to profit", "waterfall", true),
      chart("year", "Sales of the last 13 months", "lines"),
      chart("calendar", "Sales by weekday", "calendar", true),
    ],
    tables: [
      table(
        "skus",
        "SKUs",
        "sales.sales sales.sales~change sales.sales~spark sales.units sales.refunds sales.fees advertising.spend sales.cogs sales.profit sales.margin",
        {
          presets: [
            preset("losing", "Losing money", "sales.profit", "lt", "0"),
            preset("no_cost", "No cost given", "sales.cogs", "unknown", ""),
            preset("best", "Best margin", "sales.margin", "gt", "20"),
          ],
        },
      ),
      table("marketplaces", "Marketplaces", "sales.sales sales.units sales.profit sales.margin", {
        subject: "marketplace",
        groups: [],
      }),
      table("sales.orders", "Orders", "sales.units sales.sales sales.fees", { list: true, groups: [] }),
    ],
  },
  inventory: {
    title: "Inventory",
    question: "What runs out, when to order, how many, and what is stuck?",
    tiles: [
      tile("inventory.running_out", "Run out before restock", [plain({ text: "4", num: 4 })], {
        window: "today",
        table: "skus",
        preset: "low",
      }),
      tile("inventory.stock_value", "Cash tied up", both(84_310, 21_440), { window: "today" }),
      tile("inventory.inbound", "Inbound", [plain({ text: "2,880", num: 2880 })], { window: "today", unit: "units" }),
      tile("inventory.aged", "Aged over 180 days", [plain({ text: "238", num: 238 })], {
        window: "today",
        unit: "units",
        table: "skus",
        preset: "aged",
      }),
      tile(
        "inventory.lost",
        "Sales lost out of stock",
        [money(1184, "USD"), money(310.4, "EUR")],
        moved(18.1, "down", "$1,002", 8),
      ),
    ],
    charts: [
      chart("projection", "Stock ahead", "lines", true),
      chart("cover", "Cover against lead time", "bullets"),
      chart("stock", "Units on hand", "lines", true),
      chart("age", "Age of stock", "bars", true),
    ],
    tables: [
      table(
        "skus",
        "SKUs",
        "inventory.cover_days inventory.on_hand inventory.inbound inventory.velocity inventory.lead_time inventory.order_by inventory.suggested inventory.stock_value inventory.runs_out",
        {
          desc: false,
          presets: [
            preset("low", "Runs out before restock", "inventory.runs_out", "is", "true"),
            preset("aged", "Aged stock", "inventory.aged", "gt", "0"),
            preset("empty", "Out of stock", "inventory.on_hand", "is", "0"),
          ],
        },
      ),
    ],
  },
  advertising: {
    title: "Advertising",
    question: "Where is money wasted, what deserves more, did the last change help?",
    tiles: [
      tile("advertising.spend", "Spend", both(3120, 840.2), moved(6.2, "down", "$2,938 · €812.00", 1)),
      tile("advertising.sales", "Ad sales", both(11_204, 2710), moved(-2.1, "up", "$11,444", 4)),
      tile("advertising.acos", "ACoS", [plain({ text: "27.8 %", num: 27.8, maturity: "settling" })], {
        change: changeOf(2.1, "down", "pp"),
        before: "25.7 %",
        line: daily(28, 27, 2),
      }),
      tile("advertising.wasted", "Wasted", both(412.4, 96.2), {
        ...moved(22.6, "down", "$336.40", 7),
        table: "terms",
        preset: "waste",
      }),
      tile("advertising.orders", "Orders", [plain({ text: "642", num: 642 })], moved(0, "up", "642", 9)),
    ],
    charts: [
      chart("spend_sales", "Ad spend and ad sales", "lines", true),
      chart("terms", "Search terms by clicks and ACoS", "scatter"),
      chart("campaigns", "Campaigns by spend", "bars", true),
      chart("budgets", "Daily budgets by how much is spent", "bars"),
    ],
    tables: [
      table(
        "campaigns",
        "Campaigns",
        "advertising.spend advertising.spend~change advertising.sales advertising.acos advertising.clicks advertising.orders advertising.cpc advertising.wasted",
        { subject: "campaign", groups: [{ name: "marketplace", title: "Marketplace" }] },
      ),
      table(
        "terms",
        "Search terms",
        "advertising.wasted advertising.spend advertising.clicks advertising.orders advertising.acos",
        {
          subject: "search_term",
          presets: [preset("waste", "Clicks without an order", "advertising.orders", "is", "0")],
          groups: [{ name: "marketplace", title: "Marketplace" }],
        },
      ),
    ],
  },
  listings: {
    title: "Listings",
    question: "What cannot be bought or found, and what does that cost?",
    tiles: [
      tile("listings.not_buyable", "Not buyable", [plain({ text: "5", num: 5 })], {
        window: "today",
        table: "skus",
        preset: "not_buyable",
      }),
      tile("listings.not_found", "Not found in search", [plain({ text: "4", num: 4 })], {
        window: "today",
        table: "skus",
        preset: "hidden",
      }),
      tile("listings.issues", "Issues", [plain({ text: "14", num: 14, maturity: "stale" })], { window: "today" }),
      tile("listings.lost_sales", "Lost a day", both(184, 41.2), { window: "today" }),
    ],
    charts: [
      chart("issues", "Hidden and stranded over time", "lines"),
      chart("reasons", "Reasons", "bars"),
      chart("at_stake", "SKUs that lose most a day", "bars"),
    ],
    tables: [
      table(
        "skus",
        "SKUs",
        "listings.lost_sales listings.status listings.buyable listings.discoverable listings.issues listings.issue sales.price sales.units",
        {
          presets: [
            preset("not_buyable", "Not buyable", "listings.buyable", "is", "false"),
            preset("hidden", "Not found in search", "listings.discoverable", "is", "false"),
          ],
        },
      ),
    ],
  },
  reviews: {
    title: "Reviews and returns",
    question: "What do buyers complain about, is it new, and on which SKU?",
    tiles: [
      tile("reviews.return_rate", "Return rate", [plain({ text: "3.1 %", num: 3.1 })], {
        change: changeOf(0.7, "down", "pp"),
        before: "2.4 %",
        line: daily(28, 3, 3),
      }),
      tile("reviews.returned_units", "Units returned", [plain({ text: "76", num: 76 })], moved(14.2, "down", "66", 6)),
      tile("reviews.negative", "Negative feedback", [plain({ text: "11", num: 11 })], moved(-8.3, "down", "12", 2)),
      tile("reviews.above", "SKUs above their baseline", [plain({ text: "3", num: 3 })], {
        window: "today",
        table: "skus",
        preset: "above",
      }),
    ],
    charts: [
      chart("returns", "Return rate by week, with its control limit", "lines", true),
      chart("reasons", "Why units come back", "bars", true),
      chart("skus", "SKUs above their own baseline", "bars"),
      chart("feedback", "Negative feedback", "columns", true),
    ],
    tables: [
      table(
        "skus",
        "SKUs",
        "reviews.return_rate reviews.returned_units reviews.return_rate~change reviews.baseline reviews.reason reviews.negative sales.units",
        { presets: [preset("above", "Above their own baseline", "reviews.return_rate", "gt", "2.4")] },
      ),
      table("reviews.returns", "Returns", "reviews.returned_units reviews.reason", { list: true, groups: [] }),
    ],
  },
};
