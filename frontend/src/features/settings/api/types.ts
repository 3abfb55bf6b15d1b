import type { Money } from "@/lib/types";

/** One named figure a policy compares with. A ratio of 0.2 is shown and typed as 20 %. */
export interface Threshold {
  name: string;
  title: string;
  /** Null: the policy takes it from a fact of each subject. */
  value: number | null;
  default: number | null;
  /** The fact that is the default where no number is. */
  from: string;
  unit: string;
  meaning: string;
  min: number;
  max: number;
  source: string;
  date: string;
  changed: boolean;
}

/** A policy as far as its thresholds are concerned. */
export interface Policy {
  name: string;
  title: string;
  subject: string;
  version: number;
  health: string;
  last_error: string;
  matches: number;
  thresholds: Threshold[];
}

/** One SKU of the catalogue. A cost or price of null is not known. */
export interface Item {
  marketplace: string;
  sku: string;
  asin: string;
  title: string;
  price: Money | null;
  cost: Money | null;
  lead_time_days: number;
  lead_assumed: boolean;
}

export interface ItemsInput {
  filter: string;
  missing_cost: boolean;
  offset: number;
  limit: number;
}

export interface Items {
  rows: Item[];
  total: number;
  missing_cost: number;
  default_lead_time: number;
}

export interface CostsResult {
  set: number;
  problems: { line: number; reason: string }[];
}
