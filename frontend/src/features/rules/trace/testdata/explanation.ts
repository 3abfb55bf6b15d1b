import type { Explanation, Why } from "../types";

export const line = (expression: string, depth: number, rest: Partial<Why> = {}): Why => ({
  case: "low",
  clause: "",
  expression,
  text: "",
  value: "",
  unit: "",
  source: "",
  as_of: "",
  maturity: "",
  result: "true",
  depth,
  note: "",
  ...rest,
});

const stock = { source: "FBA inventory", as_of: "2026-11-24", maturity: "fresh" } as const;

/** Decided by its second case, after the first could not be told. */
export const explanation = (rest: Partial<Explanation> = {}): Explanation => ({
  policy: "restock",
  title: "Runs out before restock",
  version: 4,
  subject_kind: "sku",
  subject: "DE/SKU-104",
  label: "SKU-104 Steel flask",
  as_of: "2026-11-24",
  outcome: "decided",
  case: "low",
  summary: "SKU-104 sells out 12 Dec",
  waiting: [],
  guard: false,
  effects: [],
  held_by: [],
  scope: null,
  cases: [
    {
      case: "reviews_bad",
      when: "reviews.negative_share > 0.2",
      needed: false,
      result: "unknown",
      note: "can't tell: reviews missing",
      why: [
        line("reviews.negative_share > 0.2", 0, {
          result: "unknown",
          text: "Reviews are bad",
          note: "reviews missing",
        }),
        line("reviews.negative_share", 1, { result: "unknown", maturity: "missing", note: "reviews missing" }),
      ],
    },
    {
      case: "low",
      when: "low && certain",
      needed: true,
      result: "true",
      note: "",
      why: [
        line("inventory.cover_days < inventory.lead_time_days + threshold.safety_days", 0, {
          clause: "low",
          text: "Cover 19.0 days is below 28 + 7",
        }),
        line("inventory.cover_days", 1, { value: "19.0", unit: "days", ...stock }),
        line("inventory.lead_time_days + threshold.safety_days", 1, { value: "35.0" }),
        line("inventory.lead_time_days", 2, { value: "28", unit: "days", ...stock, maturity: "estimated" }),
        line("threshold.safety_days", 2, { value: "7", unit: "days" }),
        line("sales.settled || inventory.on_hand > 10", 0, { clause: "certain", text: "Stock or sales are certain" }),
        line("sales.settled", 1, { result: "false", value: "false", text: "Sales are settled", ...stock }),
        line("inventory.on_hand > 10", 1, { text: "On hand 212 is above 10" }),
        line("inventory.on_hand", 2, { value: "212", unit: "units", ...stock }),
      ],
    },
    { case: "overstock", when: "inventory.cover_days > 180", needed: false, result: "not_needed", note: "", why: [] },
  ],
  passed_over: ["reviews missing"],
  sentence: "Stock lasts 19 days; €312.40 a day is at stake.",
  do: "Order 480 units.",
  ...rest,
});
