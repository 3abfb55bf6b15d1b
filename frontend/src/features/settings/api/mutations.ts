import { call } from "@/lib/call";
import type { CostsResult, Item } from "./types";

export function setThreshold(policy: string, name: string, value: number): Promise<unknown> {
  return call("rules.API.SetThreshold", { policy, name, value });
}

export function resetThreshold(policy: string, name: string): Promise<unknown> {
  return call("rules.API.ResetThreshold", { policy, name });
}

/** Stores both figures of one SKU; an empty text clears the figure. */
export function setItem(input: {
  marketplace: string;
  sku: string;
  cost: string;
  lead_time_days: string;
}): Promise<Item> {
  return call<Item>("catalog.API.SetItem", input);
}

export function setDefaultLeadTime(days: number): Promise<unknown> {
  return call("catalog.API.SetDefaultLeadTime", { days });
}

export function importCosts(text: string): Promise<CostsResult> {
  return call<CostsResult>("catalog.API.ImportCosts", { text });
}

export function openDataDir(): Promise<{ path: string }> {
  return call<{ path: string }>("app.API.OpenDataDir");
}
