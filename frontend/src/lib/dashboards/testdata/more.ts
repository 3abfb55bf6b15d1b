/** Checks, timeline and search of the made-up shop. */
import type { Check, CheckState, Hit, Timeline } from "../types";
import { mockChart } from "./charts";
import { figureOf } from "./columns";
import { cellOf } from "./values";

const check = (
  number: number,
  title: string,
  asks: string,
  value: string,
  detail: string,
  state: CheckState,
  link: string,
  more: Partial<Check> = {},
): Check => ({
  key: title.toLowerCase().replaceAll(" ", "_"),
  number,
  title,
  asks,
  value,
  detail,
  state,
  link,
  name: "",
  subject: "",
  money: false,
  ...more,
});

export const checks: Check[] = [
  check(1, "Account", "Could I lose it?", "Normal", "worst allowance 92 %", "good", "/health"),
  check(2, "Violations", "Is one new?", "3", "1 new this week", "warning", "/health?preset=open"),
  check(3, "Not sellable", "What cannot be bought?", "5", "−$184 a day", "warning", "/listings?preset=not_buyable"),
  check(4, "Running out", "What to order today?", "4", "1 before restock", "critical", "/inventory?preset=low"),
  check(5, "Yesterday", "Was it a normal day?", "$1,020", "▲ 6 % vs Wednesdays", "neutral", "/sales?range=yesterday", {
    name: "sales.sales",
    money: true,
  }),
  check(6, "Profit, month", "Did I earn?", "$3,118", "71 % settled", "neutral", "/sales?range=month", {
    name: "sales.profit",
    money: true,
  }),
  check(7, "Ads, wasted", "Where is money wasted?", "$112", "7 days", "info", "/advertising?range=7d&preset=waste", {
    name: "advertising.wasted",
    money: true,
  }),
  check(8, "ACoS", "Is it above its goal?", "27.8 %", "goal 25 %", "warning", "/advertising"),
  check(9, "Returns", "Is a SKU above its baseline?", "3", "SKUs", "warning", "/reviews?preset=above"),
  check(10, "Feedback", "What did buyers say?", "2", "negative, 7 days", "info", "/reviews"),
  check(11, "Featured offer", "Is it still mine?", "?", "no report yet", "unknown", "/listings"),
  check(12, "Data", "Can I trust this?", "1", "report is stale", "warning", "/data"),
];

/** One SKU with the days behind it. */
export function mockTimeline(subject: string): Timeline {
  const [marketplace = "US", sku = subject] = subject.split("/");
  const index = Number(sku.replace(/\D/g, "")) || 1;
  const names = ["sales.sales", "sales.units", "sales.margin", "inventory.on_hand", "inventory.cover_days"];
  const figures = names.flatMap((name) => {
    const figure = figureOf(name);
    if (!figure) return [];
    const { value, ...column } = figure;
    return [{ name, title: column.title, unit: column.unit, value: cellOf(column, value(index), "USD") }];
  });
  const lane = (name: string) => ({ name, data: mockChart("sales", name, "lines", subject).data });
  return {
    subject,
    sku,
    marketplace,
    asin: "B0EXAMPLE1",
    title: "Steel flask 750 ml",
    tags: ["new"],
    group: "Kitchen",
    elsewhere: [],
    from: "2026-10-28",
    to: "2026-11-24",
    figures,
    lanes: [lane("days"), lane("months")],
    spans: [{ from: "2026-11-02", to: "2026-11-05", title: "Out of stock", kind: "critical" }],
    markers: [],
  };
}

export function mockSearch(query: string): Hit[] {
  const needle = query.toLowerCase();
  const hits: Hit[] = Array.from({ length: 40 }, (_, index) => {
    const sku = `SKU-${String(index + 1).padStart(3, "0")}`;
    return {
      kind: "sku",
      title: sku,
      detail: "Steel flask 750 ml, US",
      link: `/sku/${encodeURIComponent(`US/${sku}`)}`,
    };
  });
  return needle === ""
    ? []
    : hits.filter((hit) => `${hit.title} ${hit.detail}`.toLowerCase().includes(needle)).slice(0, 20);
}
