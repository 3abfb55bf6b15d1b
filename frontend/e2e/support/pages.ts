import { expect, type Page } from "@playwright/test";
import { goTo, settled } from "./fixtures.ts";
import type { Seller } from "./server.ts";

/** A page of the window, and what is done there before it is looked at. */
export type Place = {
  name: string;
  path: string;
  /** "" where it depends on the data. */
  heading: string;
  prepare?: (page: Page) => Promise<void>;
};

/** All facts of each module, by module. */
export const modules = {
  sales: "Sales",
  inventory: "Inventory",
  advertising: "Advertising",
  accounthealth: "Account health",
  listings: "Listings",
  reviews: "Reviews and returns",
} as const;

/** The page of each part of the account, by path. */
export const dashboards = {
  "/health": "Health",
  "/sales": "Sales & profit",
  "/inventory": "Inventory",
  "/ads": "Ads",
  "/listings": "Listings",
  "/reviews": "Reviews",
} as const;

/** Goes to the place and does there what is to be done. */
export async function visit(page: Page, { path, heading, prepare }: Place): Promise<void> {
  // A heading that nobody knows is known by not being the one of the page before.
  const same = new URL(page.url()).hash === `#${path}`;
  const old = heading === "" && !same ? await page.locator("main h1").first().elementHandle() : null;
  await goTo(page, path, heading);
  await page.waitForFunction((before) => before === null || !before.isConnected, old);
  await settled(page);
  await prepare?.(page);
  await settled(page);
}

/** Every page, with its inspector open where there is something to inspect. */
export function everyPage(seller: Seller): Place[] {
  return seller === "demo"
    ? [
        ...todayPages(),
        ...dashboardPages(),
        ...detailPages(),
        ...tracePages(),
        ...factPages(true),
        ...rulePages(),
        ...machine(true),
      ]
    : [...startPages(), ...dashboardPages(), ...factPages(false), ...machine(false)];
}

// Pages of a kind are walked once: the details of one table are reached as those of another are.
const alike =
  /^(reviews|listings|health|ads), details$|^facts of (?!sales)|, all charts$|^rules, guards$|^today, (held|regressed)$/;

/** The pages that are walked through by Tab. */
export function walkedPages(seller: Seller): Place[] {
  // Costs of all SKUs are more fields than anybody walks through: a filter makes them few.
  const fewer = (place: Place) =>
    place.name === "settings, costs" ? { ...place, path: `${place.path}&q=SKU-10` } : place;
  return everyPage(seller)
    .filter(({ name }) => !alike.test(name))
    .map(fewer);
}

export function startPages(): Place[] {
  return [
    { name: "first run", path: "/start", heading: "What needs my attention today?" },
    { name: "reports to download", path: "/start/reports", heading: "Report files" },
    { name: "connections", path: "/connect", heading: "Connections" },
    { name: "connect", path: "/connect?do=add", heading: "Connect Amazon" },
  ];
}

export function todayPages(): Place[] {
  return [
    { name: "today", path: "/today", heading: "Today", prepare: today },
    ...["waiting", "held", "regressed", "done"].map((tab) => ({
      name: `today, ${tab}`,
      path: `/today?tab=${tab}`,
      heading: "Today",
    })),
  ];
}

/** The parts of the account as they open. */
export function dashboardPages(): Place[] {
  return Object.entries(dashboards).map(([path, heading]) => ({ name: path.slice(1), path, heading }));
}

/** The same with the details of a row beside them, and two with all of their charts. */
export function detailPages(): Place[] {
  const opened = dashboardPages().map((place) => ({ ...place, name: `${place.name}, details`, prepare: details }));
  const charts = ["/sales", "/ads"] as const;
  return [
    ...opened,
    ...charts.map((path) => ({
      name: `${path.slice(1)}, all charts`,
      path: `${path}?charts=all`,
      heading: dashboards[path],
    })),
  ];
}

/** One SKU, and the way from a number down to the line of the file. */
export function tracePages(): Place[] {
  return [
    { name: "sku", path: "/sales", heading: dashboards["/sales"], prepare: sku },
    { name: "rows", path: "/rows?name=sales.units&subject=US", heading: "", prepare: rows },
    { name: "parts of a number", path: "/rows?name=sales.tacos", heading: "", prepare: parts },
    { name: "original row", path: "/rows?name=sales.units&subject=US", heading: "", prepare: original },
  ];
}

/** All facts of every module. */
export function factPages(full: boolean): Place[] {
  return Object.entries(modules).map(([name, heading]) => ({
    name: `facts of ${name}`,
    path: `/m/${name}`,
    heading,
    prepare: full ? facts : undefined,
  }));
}

/** The lists of rules, one that is written in each of its views, what it would have done, and how it decides. */
export function rulePages(): Place[] {
  const studio = (name: string, search: string, heading = "Default policy"): Place => ({
    name: `rule, ${name}`,
    path: `/rules/edit?${search}`,
    heading,
    prepare: written,
  });
  return [
    ...["templates", "guards", "traces"].map((tab) => ({
      name: `rules, ${tab}`,
      path: `/rules?tab=${tab}`,
      heading: "Rules",
    })),
    studio("builder", "policy=shipment_not_sent", "Shipments that wait while stock runs out"),
    studio("cel", "policy=default&view=cel&tab=tests"),
    studio("yaml", "policy=default&view=yaml&tab=versions"),
    { name: "backtest", path: "/rules/backtest?policy=default&days=30", heading: "Default policy", prepare: judged },
    {
      name: "trace of a rule",
      path: "/rules/trace?policy=default&subject=US/SKU-104",
      heading: "Default policy: US/SKU-104",
      prepare: stepped,
    },
  ];
}

function machine(full: boolean): Place[] {
  return [
    { name: "rules", path: "/rules", heading: "Rules", prepare: firstRow },
    { name: "data", path: "/data", heading: "Data", prepare: kind },
    { name: "data, from Amazon", path: "/data?tab=amazon", heading: "Data" },
    { name: "data, jobs", path: "/data?tab=jobs", heading: "Data" },
    { name: "data, files", path: "/data?tab=files", heading: "Data", prepare: full ? file : undefined },
    { name: "import", path: "/data/import", heading: "Import report files" },
    { name: "settings", path: "/settings", heading: "Settings" },
    { name: "journal", path: "/journal", heading: "Journal" },
    { name: "audits", path: "/audits", heading: "Audits" },
    { name: "audits, checklists", path: "/audits?tab=checklists", heading: "Audits" },
    ...["guardrails", "costs", "rates", "notifications", "display", "storage", "about"].map((section) => ({
      name: `settings, ${section}`,
      path: `/settings?section=${section}`,
      heading: "Settings",
    })),
    { name: "not found", path: "/nowhere", heading: "Not found" },
  ];
}

const rowsOf = (page: Page) => page.locator("main table tbody tr[data-selectable=true]");

async function today(page: Page): Promise<void> {
  await expect(page.locator('[data-cursor="true"]')).toHaveCount(1);
  await page.getByRole("button", { name: /The full trace/ }).click();
  const noticed = page.getByRole("button", { name: /also noticed/ });
  if ((await noticed.count()) > 0) await noticed.click();
}

async function details(page: Page): Promise<void> {
  await rowsOf(page).first().getByRole("rowheader").click();
  await expect(page.getByRole("complementary").getByRole("heading", { name: "Key figures" })).toBeVisible();
}

async function sku(page: Page): Promise<void> {
  await details(page);
  await page.getByRole("link", { name: "Everything about the SKU" }).click();
  await expect(page.getByRole("group", { name: "Days shown" }).or(page.getByLabel("Days shown")).first()).toBeVisible();
}

async function rows(page: Page): Promise<void> {
  await expect(rowsOf(page).first()).toBeVisible();
}

async function parts(page: Page): Promise<void> {
  await expect(page.getByRole("list", { name: "Made of" })).toBeVisible();
}

async function original(page: Page): Promise<void> {
  await rows(page);
  await rowsOf(page).first().press("Enter");
  await expect(page.getByRole("heading", { name: "The lines around it" })).toBeVisible();
}

async function facts(page: Page): Promise<void> {
  await rowsOf(page).first().click();
  const found = page.getByRole("complementary");
  await expect(found.getByRole("heading", { name: "Facts" })).toBeVisible();
  await found.locator("summary").first().click();
  await found.getByRole("button", { name: /Why not\?/ }).click();
}

async function firstRow(page: Page): Promise<void> {
  await page.locator("main table tbody tr").first().click();
  await expect(page.getByRole("complementary")).toBeVisible();
}

async function written(page: Page): Promise<void> {
  await expect(page.getByRole("radiogroup", { name: "View of the policy" })).toBeVisible();
  await settled(page);
  // A figure shows its curve from when its slider first had the focus.
  const sliders = await page.getByRole("slider").all();
  for (const slider of sliders) await slider.focus();
  await expect(page.getByText("All values as a table")).toHaveCount(sliders.length);
}

async function judged(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: "Episodes begun, by week" })).toBeVisible();
}

async function stepped(page: Page): Promise<void> {
  await expect(page.getByRole("list", { name: "Steps" })).toBeVisible();
}

async function kind(page: Page): Promise<void> {
  await page.locator("main table tbody th[scope=row] button").first().click();
  await expect(page.getByRole("complementary")).toBeVisible();
}

async function file(page: Page): Promise<void> {
  await page.locator("main table tbody tr").first().click();
  await expect(page.getByRole("complementary", { name: "File details" })).toBeVisible();
}
