import type { FactCell, FactColumn, FactTableInput } from "../src/features/modules/api/types";

const columns: FactColumn[] = [
  column(
    "inventory.on_hand",
    "On hand",
    "count",
    "units",
    "Units that can be shipped now.",
    "available in the FBA inventory report",
    "inventory.on_hand",
  ),
  column(
    "inventory.inbound",
    "Inbound",
    "count",
    "units",
    "Units on the way to Amazon.",
    "working + shipped + receiving",
  ),
  column(
    "inventory.velocity",
    "Sold a day",
    "number",
    "units/day",
    "Units a day over days in stock.",
    "units over the last 30 days with stock / those days",
    "sales.units",
  ),
  column(
    "inventory.cover_days",
    "Cover",
    "number",
    "days",
    "Days until stock runs out at today's pace.",
    "on_hand / velocity",
  ),
  column(
    "inventory.lead_time",
    "Lead time",
    "count",
    "days",
    "Days from order to stock at Amazon.",
    "yours, or the default",
  ),
  column(
    "inventory.order_by",
    "Order by",
    "text",
    "",
    "Last day to order without running out.",
    "today + cover − lead time",
  ),
  column("inventory.value", "Stock value", "money", "", "What the stock has cost.", "on_hand × cost"),
  column(
    "inventory.aged_share",
    "Aged over 180 d",
    "percent",
    "%",
    "Share of units older than 180 days.",
    "units over 180 days / on_hand",
  ),
  column(
    "inventory.stranded",
    "Stranded",
    "count",
    "units",
    "Units without an active listing.",
    "stranded in the report",
  ),
  column(
    "inventory.storage_fee",
    "Storage, month",
    "money",
    "",
    "Estimated storage fee this month.",
    "volume × rate of the month",
  ),
];

function column(
  name: string,
  title: string,
  type: string,
  unit: string,
  meaning: string,
  formula: string,
  daily = "",
): FactColumn {
  return {
    name,
    title,
    type,
    unit,
    meaning,
    formula,
    sources: ["FBA inventory", ...(daily === "sales.units" ? ["All orders"] : [])],
    daily,
    better: "",
  };
}

function cell(text: string, num: number | null, maturity: FactCell["maturity"] = "fresh", note = ""): FactCell {
  return { text, num, maturity, as_of: "2026-11-23", source: maturity === "missing" ? "" : "FBA inventory", note };
}

const rows = Array.from({ length: 412 }, (_, i) => {
  const onHand = (i * 37) % 640;
  const velocity = ((i * 13) % 140) / 10;
  const cover = velocity === 0 ? null : Math.round((onHand / velocity) * 10) / 10;
  const cost = i % 6 !== 2;
  return {
    subject: `${i % 3 === 0 ? "DE" : "US"}/SKU-${String(i + 1).padStart(3, "0")}`,
    label: `SKU-${String(i + 1).padStart(3, "0")}`,
    detail: `${["Steel flask 750 ml", "Bamboo cutting board, large", "Linen tea towel, set of 4", "Cast iron trivet"][i % 4]}, ${i % 3 === 0 ? "Germany" : "United States"}`,
    cells: [
      cell(String(onHand), onHand),
      cell(String((i * 11) % 200), (i * 11) % 200),
      cell(velocity.toFixed(1), velocity, "settling", "The last 2 days may still change."),
      cover === null
        ? cell("", null, "missing", "Nothing sold in 30 days.")
        : cell(cover.toFixed(1), cover, "settling"),
      cell(
        i % 4 === 0 ? "35" : "28",
        i % 4 === 0 ? 35 : 28,
        i % 4 === 0 ? "fresh" : "estimated",
        i % 4 === 0 ? "" : "The default lead time.",
      ),
      cell(cover === null ? "" : "12 Dec", null, cover === null ? "missing" : "estimated"),
      cost
        ? cell(`$${((onHand * 605) / 100).toLocaleString("en-US", { minimumFractionDigits: 2 })}`, onHand * 6.05)
        : cell("", null, "missing", "Cost not set."),
      cell(`${((i * 7) % 300) / 10} %`, ((i * 7) % 300) / 10, "stale", "The report is 9 days old."),
      cell(String(i % 17 === 0 ? 4 : 0), i % 17 === 0 ? 4 : 0),
      cell(`$${((i % 40) / 10).toFixed(2)}`, (i % 40) / 10, "estimated"),
    ],
  };
});

function table(input: FactTableInput) {
  const needle = input.filter.toLowerCase();
  const at = columns.findIndex((c) => c.name === input.sort);
  const found = rows.filter(
    (r) =>
      (input.subject === "" || r.subject === input.subject) && `${r.label} ${r.detail}`.toLowerCase().includes(needle),
  );
  if (at >= 0) {
    found.sort(
      (a, b) =>
        ((a.cells[at]?.num ?? Number.NEGATIVE_INFINITY) - (b.cells[at]?.num ?? Number.NEGATIVE_INFINITY)) *
        (input.desc ? -1 : 1),
    );
  }
  return {
    module: input.module,
    title: "Inventory",
    as_of: "2026-11-23",
    subject_kinds: [
      { kind: "sku", title: "SKUs", count: 412 },
      { kind: "marketplace", title: "Marketplaces", count: 2 },
    ],
    columns,
    rows: found.slice(input.offset, input.offset + input.limit),
    total: found.length,
  };
}

function day(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}

/** FactTable and Series of modulehost.API for a made-up inventory. */
export function mockFacts() {
  return {
    FactTable: async (input: FactTableInput) => table(input),
    Series: async ({ series, from, to }: { series: string; from: string; to: string }) => {
      const [first, last] = [day(from), day(to)];
      const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
      return {
        series,
        title: series === "sales.units" ? "Units sold" : "On hand",
        unit: "units",
        currency: "",
        days,
        values: days.map((d) => (d % 29 === 0 ? null : Math.round(14 + 6 * Math.sin(d / 4) + (d % 5)))),
        settling_from: last - 1,
      };
    },
  };
}

/** rules.API.Explain for one subject. */
export async function mockExplain({ subject }: { subject: string }) {
  const base = {
    expression: "",
    unit: "",
    source: "FBA inventory",
    as_of: "2026-11-23",
    maturity: "fresh",
    depth: 0,
    note: "",
  };
  return {
    explanations: [
      {
        policy: "default",
        title: "Default strategy",
        subject,
        outcome: "decided",
        case: "restock",
        passed_over: ["reviews missing"],
        cases: [
          {
            case: "reevaluate_listing",
            result: "unknown",
            why: [
              {
                ...base,
                case: "reevaluate_listing",
                clause: "sales decline",
                text: "Sales change −3.0 % is not below −20 %",
                value: "−3.0",
                unit: "%",
                source: "All orders",
                result: "false",
              },
              {
                ...base,
                case: "reevaluate_listing",
                clause: "reviews are negative",
                text: "Negative share of reviews",
                value: "",
                source: "",
                as_of: "",
                maturity: "missing",
                note: "reviews missing",
                result: "unknown",
              },
            ],
          },
          {
            case: "restock",
            result: "true",
            why: [
              {
                ...base,
                case: "restock",
                clause: "inventory is low",
                text: "Cover 19.0 days is below lead time 28 + 7",
                value: "19.0",
                unit: "days",
                result: "true",
              },
            ],
          },
          { case: "continue", result: "not_needed", why: [] },
        ],
      },
      {
        policy: "stranded",
        title: "Stock without a listing",
        subject,
        outcome: "continue",
        case: "",
        passed_over: [],
        cases: [
          {
            case: "stranded_units",
            result: "false",
            why: [
              {
                ...base,
                case: "stranded_units",
                clause: "stranded",
                text: "Stranded 0 units is not above 0",
                value: "0",
                unit: "units",
                result: "false",
              },
            ],
          },
        ],
      },
    ],
  };
}
