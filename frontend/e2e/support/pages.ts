import { expect, type Page } from "@playwright/test";
import type { Seller } from "./server.ts";

/** A page of the window, and what is done there before it is looked at. */
export type Place = { name: string; path: string; prepare?: (page: Page) => Promise<void> };

export const modules = ["sales", "inventory", "advertising", "accounthealth", "listings", "reviews"] as const;

/** Every page, with its inspector open where there is something to inspect. */
export function everyPage(seller: Seller): Place[] {
  const full = seller === "demo";
  return [
    ...(full ? [] : [{ name: "first run", path: "/start" }]),
    { name: "connect", path: "/start/connect" },
    ...(full ? [{ name: "today", path: "/today", prepare: today }] : []),
    ...(full
      ? ["waiting", "regressed", "done"].map((tab) => ({ name: `today, ${tab}`, path: `/today?tab=${tab}` }))
      : []),
    ...modules.map((name) => ({ name, path: `/m/${name}`, prepare: full ? module : undefined })),
    { name: "rules", path: "/rules", prepare: rules },
    { name: "data", path: "/data", prepare: kind },
    { name: "data, files", path: "/data?view=files", prepare: full ? file : undefined },
    { name: "import", path: "/data/import" },
    { name: "settings", path: "/settings" },
    { name: "not found", path: "/nowhere" },
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
