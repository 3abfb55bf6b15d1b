import type { Money } from "@/lib/types";
import type { Item } from "../api/types";

/** The header line that a pasted or dropped cost list should have; Go also takes fewer columns. */
export const COSTS_HEADER = "marketplace,sku,cost,currency,lead_time_days";

/** A typed cost as Go reads it: a currency sign or code before or behind it is dropped, nothing within. */
export function bareCost(text: string): string {
  const sign = "(?:[A-Za-z]{3}|kr|zł|[$€£¥])?";
  const found = new RegExp(`^${sign}\\s*([\\d.,−-]+)\\s*${sign}$`).exec(text.trim());
  return (found?.[1] ?? text.trim()).replace("−", "-");
}

/** Why a typed cost cannot be sent, or "". Empty means that the cost is not known. */
export function costError(text: string): string {
  if (text.trim() === "") return "";
  const bare = bareCost(text);
  if (bare.startsWith("-")) return "A cost cannot be negative.";
  if (!/^\d{1,12}([.,]\d{1,2})?$/.test(bare)) return "Write it like 6.05, without thousands marks.";
  return "";
}

/** Why a typed lead time cannot be sent, or "". Empty means that the default is used. */
export function leadTimeError(text: string): string {
  const bare = bareLeadTime(text);
  if (bare === "") return "";
  const days = Number(bare);
  if (!/^\d{1,3}$/.test(bare) || days < 1 || days > 365) return "Whole days from 1 to 365.";
  return "";
}

/** A typed lead time without its unit: "28 d" is "28". */
export function bareLeadTime(text: string): string {
  return text.trim().replace(/\s*d(ays?)?$/i, "");
}

/** An amount to edit: "6.05", exact, from minor units and the currency's own number of decimals. */
export function costToEdit(cost: Money | null): string {
  if (!cost) return "";
  const decimals = decimalsOf(cost.currency);
  const digits = String(Math.abs(cost.minor)).padStart(decimals + 1, "0");
  const sign = cost.minor < 0 ? "-" : "";
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** How many decimals amounts of a currency have. */
export function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency: currency || "USD" });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** The lead time to edit; empty when it is only the default. */
export function leadTimeToEdit(item: Item): string {
  return item.lead_assumed ? "" : String(item.lead_time_days);
}

/** The two figures a seller may type for a SKU. */
export type CostField = "cost" | "lead_time";

/**
 * What SetItem gets when one field changed. Go replaces both figures, so the other one is sent along as it
 * is; else editing a cost would forget the lead time.
 */
export function itemChange(item: Item, field: CostField, text: string) {
  return {
    marketplace: item.marketplace,
    sku: item.sku,
    cost: field === "cost" ? bareCost(text) : costToEdit(item.cost),
    lead_time_days: field === "lead_time" ? bareLeadTime(text) : leadTimeToEdit(item),
  };
}

/** What SetItem gets to bring a SKU back to how it was. */
export function itemRestore(item: Item) {
  return {
    marketplace: item.marketplace,
    sku: item.sku,
    cost: costToEdit(item.cost),
    lead_time_days: leadTimeToEdit(item),
  };
}

/** What a pasted cost list lacks, or "" when it can be sent. Go checks every line of it. */
export function costListError(text: string): string {
  const lines = text.trim().split(/\r?\n/);
  const first = lines[0] ?? "";
  if (first === "") return "Paste a list, or drop a CSV file here.";
  const columns = first
    .toLowerCase()
    .split(/[,;\t]/)
    .map((c) => c.trim().replace(/^"|"$/g, ""));
  if (!columns.some((c) => /sku/.test(c))) return "The first line must name the columns, one of them sku.";
  if (lines.length < 2) return "There is a header but no line under it.";
  return "";
}
