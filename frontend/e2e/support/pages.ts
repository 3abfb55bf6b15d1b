import { expect, type Page } from "@playwright/test";
import type { Seller } from "./server.ts";

/** A page of the window, and what is done there before it is looked at. */
export type Place = { name: string; path: string; heading: string; prepare?: (page: Page) => Promise<void> };

export const modules = {
  sales: "Sales",
  inventory: "Inventory",
  advertising: "Advertising",
  accounthealth: "Account health",
  listings: "Listings",
  reviews: "Reviews and returns",
} as const;

/** Every page, with its inspector open where there is something to inspect. */
export function everyPage(seller: Seller): Place[] {
  const full = seller === "demo";
  return [...(full ? todayPages() : startPages()), ...modulePages(full), ...otherPages(full)];
}

function startPages(): Place[] {
  return [
    { name: "first run", path: "/start", heading: "What needs my attention today?" },
    { name: "connect", path: "/start/connect", heading: "Connect Amazon" },
  ];
}

function todayPages(): Place[] {
  return [
    { name: "today", path: "/today", heading: "Today", prepare: today },
    ...["waiting", "regressed", "done"].map((tab) => ({
      name: `today, ${tab}`,
      path: `/today?tab=${tab}`,
      heading: "Today",
    })),
  ];
}

function modulePages(full: boolean): Place[] {
  return Object.entries(modules).map(([name, heading]) => ({
    name,
    path: `/m/${name}`,
    heading,
    prepare: full ? module : undefined,
  }));
}

function otherPages(full: boolean): Place[] {
  return [
    { name: "rules", path: "/rules", heading: "Rules", prepare: rules },
    { name: "data", path: "/data", heading: "Data", prepare: kind },
    { name: "data, files", path: "/data?view=files", heading: "Data", prepare: full ? file : undefined },
    { name: "import", path: "/data/import", heading: "Import report files" },
    { name: "settings", path: "/settings", heading: "Settings" },
    { name: "not found", path: "/nowhere", heading: "Not found" },
  ];
}

async function today(page: Page): Promise<void> {
  await expect(page.locator('[data-cursor="true"]')).toHaveCount(1);
  await page.getByRole("button", { name: /The full trace/ }).click();
  const noticed = page.getByRole("button", { name: /also noticed/ });
  if ((await noticed.count()) > 0) await noticed.click();
}

async function module(page: Page): Promise<void> {
  await page.locator("main table tbody tr").first().click();
  const details = page.getByRole("complementary");
  await expect(details.getByRole("heading", { name: "Facts" })).toBeVisible();
  await details.locator("summary").first().click();
  await details.getByRole("button", { name: /Why not\?/ }).click();
}

async function rules(page: Page): Promise<void> {
  await page.locator("main table tbody tr").first().click();
  await expect(page.getByRole("complementary")).toBeVisible();
}

async function kind(page: Page): Promise<void> {
  await page.locator("main table tbody th[scope=row] button").first().click();
  await expect(page.getByRole("complementary")).toBeVisible();
}

async function file(page: Page): Promise<void> {
  await page.locator("main table tbody tr").first().click();
  await expect(page.getByRole("complementary", { name: "File details" })).toBeVisible();
}
