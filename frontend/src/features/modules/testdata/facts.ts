import type { ExplainedCase, Explanation, FactColumn, Why } from "../api/types";

export function factColumn(change: Partial<FactColumn> = {}): FactColumn {
  return {
    name: "sales.units_7d",
    title: "Units, 7 days",
    type: "count",
    unit: "units",
    meaning: "Units ordered in the last 7 days.",
    formula: "sum of sales.units over 7 days",
    sources: ["All orders"],
    daily: "",
    better: "up",
    ...change,
  };
}

export function why(change: Partial<Why> = {}): Why {
  return {
    case: "low",
    clause: "inventory is low",
    expression: "inventory.cover_days < 35",
    text: "Cover 19.0 days is below 35",
    value: "19.0",
    unit: "days",
    source: "FBA inventory",
    as_of: "2026-11-23",
    maturity: "fresh",
    result: "true",
    depth: 0,
    note: "",
    ...change,
  };
}

export function explainedCase(change: Partial<ExplainedCase> = {}): ExplainedCase {
  return { case: "low", result: "true", why: [why()], note: "", ...change };
}

export function explanation(change: Partial<Explanation> = {}): Explanation {
  return {
    policy: "default",
    title: "Default strategy",
    subject: "US/SKU-104",
    outcome: "decided",
    case: "low",
    cases: [explainedCase()],
    passed_over: [],
    ...change,
  };
}
