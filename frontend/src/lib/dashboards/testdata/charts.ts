import type { Bar, Bullet, BulletState, Chart, ChartData, ChartKind, ChartLine, LineRole } from "../types";
import { daily, moneyText } from "./values";

/** 24 November 2026, the last day that is over. */
const last = 20_781;
const days = (count: number, until = last) => Array.from({ length: count }, (_, index) => until - count + 1 + index);

const empty: ChartData = {
  title: "",
  summary: "",
  note: "",
  unit: "",
  currency: "",
  days: [],
  lines: [],
  settling_from: 0,
  from: 0,
  markers: [],
  bars: [],
  bullets: [],
  points: [],
  x_title: "",
  x_unit: "",
  y_title: "",
  y_unit: "",
};

const line = (label: string, role: LineRole, values: (number | null)[]): ChartLine => ({
  name: "",
  label,
  role,
  values,
});

function bar(label: string, value: number, more: Partial<Bar> = {}): Bar {
  return { label, value, text: String(value), detail: "", total: false, known: true, name: "", subject: "", ...more };
}

const dollars = (label: string, value: number, name: string, total = false) =>
  bar(label, value, { text: moneyText(value, "USD"), name, total });

function bullet(label: string, value: number | null, target: number, state: BulletState, detail = ""): Bullet {
  return {
    label,
    detail,
    value,
    target,
    max: target * 1.4,
    text: value === null ? "?" : `${value} %`,
    against: `under ${target} %`,
    state,
    name: "accounthealth.rate",
    subject: `US/${label}`,
  };
}

const projection = (): ChartData => {
  const span = days(118, last + 90);
  const stock = span.map((_, index) => (index < 28 ? 860 - index * 18 : null));
  const expected = (perDay: number) =>
    span.map((_, index) => (index < 27 ? null : Math.max(0, 374 - (index - 27) * perDay)));
  return {
    ...empty,
    title: "SKU-104 sells out 12 Dec, 9 days before stock can land",
    unit: "units",
    days: span,
    lines: [
      line("On hand", "main", stock),
      line("Expected", "expected", expected(20.7)),
      line("Low", "band_low", expected(27)),
      line("High", "band_high", expected(15)),
    ],
    markers: [{ day: last, title: "Last day to order", kind: "due", link: "" }],
  };
};

const makers: Record<string, () => ChartData> = {
  "accounthealth.targets": () => ({
    ...empty,
    title: "Late shipments are close to their limit",
    unit: "%",
    bullets: [
      bullet("Late shipment rate", 3.8, 4, "warning", "30 days, US"),
      bullet("Order defect rate", 0.4, 1, "good", "60 days, US"),
      bullet("Cancellation rate", 0.9, 2.5, "good", "7 days, US"),
      bullet("Invoice defect rate", 6.1, 5, "critical", "7 days, DE"),
      bullet("Valid tracking rate", null, 95, "unknown", "Not in the report of 23 Nov"),
    ],
  }),
  "sales.profit": () => ({
    ...empty,
    title: "Of $48,204 sales, $13,118 are left",
    currency: "USD",
    bars: [
      dollars("Sales", 48_204, "sales.sales", true),
      dollars("Refunds", -1446, "sales.refunds"),
      dollars("Fees", -14_943, "sales.fees"),
      dollars("Ad spend", -3120, "advertising.spend"),
      dollars("Cost of goods", -15_577, "sales.cogs"),
      dollars("Profit", 13_118, "sales.profit", true),
    ],
  }),
  "inventory.projection": projection,
  "inventory.cover": () => ({
    ...empty,
    title: "4 SKUs sell out before an order can land",
    unit: "days",
    bullets: [
      { ...bullet("SKU-104", 19, 28, "critical", "Steel flask 750 ml, US"), text: "19 days", against: "lead time 28" },
      { ...bullet("SKU-087", 31, 28, "warning", "Cast iron trivet, US"), text: "31 days", against: "lead time 28" },
      {
        ...bullet("SKU-022", 57, 35, "good", "Geschirrtücher aus Leinen, DE"),
        text: "57 days",
        against: "lead time 35",
      },
    ],
  }),
  "advertising.terms": () => ({
    ...empty,
    title: "4 search terms took over 50 clicks without an order",
    x_title: "Clicks",
    y_title: "ACoS",
    y_unit: "%",
    points: Array.from({ length: 40 }, (_, i) => ({
      x: (i * 41) % 330,
      y: ((i * 23) % 90) + 4,
      size: (i * 7) % 40,
      label: `steel flask ${i}`,
      subject: `US/steel flask ${i}`,
    })),
  }),
};

const findings: Partial<Record<ChartKind, string>> = {
  lines: "12.4 % more than on the same weekdays before",
  columns: "The best day was Thursday, 19 November",
  bars: "Three of five come from one cause",
  calendar: "Sundays earn a third more than other days",
};

function generic(kind: ChartKind, seed: number): ChartData {
  const data = { ...empty, title: findings[kind] ?? "", unit: "units" };
  if (kind === "bars") {
    const labels = ["Defective", "Not as described", "No longer needed", "Arrived too late", "Verpackung beschädigt"];
    return { ...data, bars: labels.map((label, index) => bar(label, 41 - index * 8, { detail: `${index + 1} SKUs` })) };
  }
  const count = kind === "calendar" ? 91 : 28;
  const main = line("This range", "main", daily(count, 90, seed));
  const lines = kind === "lines" ? [main, line("Same weekdays before", "compare", daily(count, 80, seed + 1))] : [main];
  return {
    ...data,
    days: days(count),
    lines,
    settling_from: last - 1,
    markers: kind === "lines" ? [{ day: last - 9, title: "Price of SKU-104 changed", kind: "decision", link: "" }] : [],
  };
}

export function mockChart(page: string, name: string, kind: ChartKind, subject: string): Chart {
  const make = makers[`${page}.${name}`];
  const data = make ? make() : generic(kind, name.length + subject.length);
  return { name, kind, data };
}
