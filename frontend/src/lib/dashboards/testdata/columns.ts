import type { Column, ColumnType } from "../types";

/** A made-up figure: what it is, and its value for the subject with this number; null: not known. */
export type Figure = Column & { value: (index: number) => number | string | null };

const wave = (index: number, step: number, size: number) => (index * step) % size;

function figure(
  name: string,
  title: string,
  type: ColumnType,
  unit: string,
  value: Figure["value"],
  more: Partial<Column> = {},
): Figure {
  const part = parts[name.slice(0, name.indexOf("."))] ?? "";
  return {
    name,
    title,
    type,
    unit,
    meaning: `${title} of the subject, as Amazon's reports tell it.`,
    formula: "",
    sources: ["All orders"],
    better: "up",
    sortable: true,
    part,
    measure: false,
    value,
    ...more,
  };
}

const parts: Record<string, string> = {
  accounthealth: "Account health",
  sales: "Sales",
  inventory: "Inventory",
  advertising: "Advertising",
  listings: "Listings",
  reviews: "Reviews",
};

const over = { measure: true } as const;
const units = (i: number) => wave(i, 37, 410);
const sold = (i: number) => units(i) * (14 + (i % 5) * 6);
const cover = (i: number) => (i % 9 === 4 ? null : wave(i, 13, 96) + 2);

/** Every figure of the made-up shop; a module's come first on its own page. */
export const figures: readonly Figure[] = [
  figure("sales.units", "Units", "count", "units", units, over),
  figure("sales.sales", "Sales", "money", "", sold, {
    ...over,
    formula: "Item price of all units that are not cancelled",
  }),
  figure("sales.refunds", "Refunds", "money", "", (i) => sold(i) * 0.03, { ...over, better: "down" }),
  figure("sales.fees", "Fees", "money", "", (i) => sold(i) * 0.31, { ...over, better: "down" }),
  figure("sales.cogs", "Cost of goods", "money", "", (i) => (i % 6 === 2 ? null : sold(i) * 0.27), {
    ...over,
    better: "down",
  }),
  figure("sales.profit", "Profit", "money", "", (i) => (i % 6 === 2 ? null : sold(i) * 0.29 - 90), {
    ...over,
    formula: "Sales − refunds − fees − ad spend − cost of goods",
  }),
  figure("sales.margin", "Margin", "percent", "%", (i) => (i % 6 === 2 ? null : 29 - wave(i, 7, 44)), {
    ...over,
    formula: "Profit ÷ sales",
  }),
  figure("sales.sessions", "Sessions", "count", "", (i) => units(i) * 9, over),
  figure("sales.price", "Price", "money", "", (i) => 14 + (i % 5) * 6),
  figure("inventory.on_hand", "On hand", "count", "units", (i) => wave(i, 53, 640)),
  figure("inventory.inbound", "Inbound", "count", "units", (i) => (i % 4 === 0 ? 240 : 0)),
  figure("inventory.velocity", "Sold a day", "number", "units/day", (i) => units(i) / 28),
  figure("inventory.cover_days", "Cover", "number", "days", cover, {
    formula: "On hand ÷ sold a day",
    sources: ["FBA inventory", "All orders"],
  }),
  figure("inventory.lead_time", "Lead time", "count", "days", (i) => (i % 4 === 0 ? 35 : 28), { better: "down" }),
  figure("inventory.order_by", "Order by", "text", "", (i) => (cover(i) === null ? null : `2026-12-${10 + (i % 18)}`), {
    better: "",
  }),
  figure("inventory.suggested", "Suggested", "count", "units", (i) => (i % 3 === 0 ? 480 : 0), { better: "" }),
  figure("inventory.stock_value", "Stock value", "money", "", (i) => (i % 6 === 2 ? null : wave(i, 53, 640) * 6.05), {
    better: "",
  }),
  figure("inventory.aged", "Aged over 180 d", "count", "units", (i) => (i % 7 === 0 ? 34 : 0), { better: "down" }),
  figure("inventory.runs_out", "Runs out before restock", "flag", "", (i) => (wave(i, 13, 96) < 30 ? "Yes" : "No"), {
    better: "",
  }),
  figure("advertising.spend", "Spend", "money", "", (i) => wave(i, 31, 240), { ...over, better: "down" }),
  figure("advertising.sales", "Ad sales", "money", "", (i) => wave(i, 31, 240) * (i % 6), over),
  figure("advertising.acos", "ACoS", "percent", "%", (i) => (i % 6 === 0 ? null : 100 / (i % 6) / 2), {
    ...over,
    better: "down",
    formula: "Spend ÷ ad sales",
  }),
  figure("advertising.clicks", "Clicks", "count", "", (i) => wave(i, 41, 330), over),
  figure("advertising.orders", "Orders", "count", "", (i) => wave(i, 41, 330) % 23, over),
  figure("advertising.wasted", "Wasted", "money", "", (i) => (i % 4 === 1 ? wave(i, 31, 80) : 0), {
    ...over,
    better: "down",
  }),
  figure("advertising.cpc", "Cost a click", "money", "", (i) => 0.4 + (i % 9) / 10, { ...over, better: "down" }),
  figure("listings.status", "Status", "text", "", (i) => (i % 11 === 3 ? "Inactive" : "Active"), { better: "" }),
  figure("listings.buyable", "Buyable", "flag", "", (i) => (i % 11 === 3 ? "No" : "Yes")),
  figure("listings.discoverable", "Found in search", "flag", "", (i) => (i % 13 === 5 ? "No" : "Yes")),
  figure("listings.issues", "Issues", "count", "", (i) => (i % 5 === 0 ? i % 4 : 0), { better: "down" }),
  figure("listings.issue", "Most severe issue", "text", "", (i) => (i % 5 === 0 ? "Main image missing" : ""), {
    better: "",
  }),
  figure("listings.lost_sales", "Lost a day", "money", "", (i) => (i % 11 === 3 ? sold(i) / 28 : 0), {
    better: "down",
  }),
  figure("reviews.returned_units", "Returned", "count", "units", (i) => wave(i, 3, 17), { ...over, better: "down" }),
  figure("reviews.return_rate", "Return rate", "percent", "%", (i) => (units(i) < 20 ? null : wave(i, 3, 17) / 3), {
    ...over,
    better: "down",
    formula: "Units returned ÷ units sold",
  }),
  figure("reviews.baseline", "Own baseline", "percent", "%", () => 2.4, { better: "" }),
  figure(
    "reviews.reason",
    "Main reason",
    "text",
    "",
    (i) => ["Defective", "Not as described", "No longer needed"][i % 3] ?? "",
    {
      better: "",
    },
  ),
  figure("reviews.negative", "Negative feedback", "count", "", (i) => i % 4, { ...over, better: "down" }),
  figure("accounthealth.rate", "Rate", "percent", "%", (i) => 0.4 + i * 0.9, { better: "down" }),
  figure("accounthealth.target", "Target", "text", "", (i) => `under ${i + 1}.0 %`, { better: "" }),
  figure("accounthealth.share", "Allowance used", "percent", "%", (i) => 24 + wave(i, 29, 90), { better: "down" }),
  figure("accounthealth.headroom", "Headroom", "count", "orders", (i) => 14 - wave(i, 5, 13)),
  figure("accounthealth.count", "Count", "count", "", (i) => wave(i, 2, 5), { better: "down" }),
  figure("accounthealth.status", "Status", "text", "", (i) => (i % 4 === 1 ? "Warned" : "Great"), { better: "" }),
];

export function figureOf(name: string): Figure | undefined {
  return figures.find((candidate) => candidate.name === name.replace(/~.*/, ""));
}

/** The column of a name, with the suffixes that make others of it. */
export function columnOf(name: string): Column | null {
  const found = figureOf(name);
  if (!found) return null;
  const { value: _value, ...column } = found;
  if (name.endsWith("~spark"))
    return { ...column, name, title: `${column.title}, daily`, type: "line", sortable: false };
  if (name.endsWith("~before")) return { ...column, name, title: `${column.title} before` };
  if (!name.endsWith("~change")) return column;
  const unit = column.type === "percent" ? "pp" : "%";
  return { ...column, name, title: `${column.title} change`, type: "percent", unit };
}
