import { call } from "@/lib/call";
import type { CostsResult, Item, ItemInput, NotificationSettings, Notifications, Rate } from "./types";

export function setThreshold(policy: string, name: string, value: number): Promise<unknown> {
  return call("rules.API.SetThreshold", { policy, name, value: String(value) });
}

export function resetThreshold(policy: string, name: string): Promise<unknown> {
  return call("rules.API.ResetThreshold", { policy, name });
}

/** Stores both figures of one SKU; an empty text clears the figure. */
export function setItem(input: ItemInput): Promise<Item> {
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

/** Stores a rate, or another one for the same currencies and day; the answer is all of them. */
export async function setRate(rate: Rate): Promise<Rate[]> {
  return (await call<{ rates: Rate[] }>("dashboards.API.SetRate", rate)).rates;
}

export async function deleteRate(rate: Rate): Promise<Rate[]> {
  return (await call<{ rates: Rate[] }>("dashboards.API.DeleteRate", rate)).rates;
}

export function setNotifications(settings: NotificationSettings): Promise<Notifications> {
  return call<Notifications>("notifications.API.SetSettings", settings);
}
