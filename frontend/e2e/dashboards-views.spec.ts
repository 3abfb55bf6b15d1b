import type { Page } from "@playwright/test";
import type { Hit, SavedView } from "../src/lib/dashboards/types.ts";
import { address, askTable, goToTable, namesOfRows, shared, tableInput } from "./support/dashboards.ts";
import { bound, expect, goTo, settled, test } from "./support/fixtures.ts";
import { press } from "./support/keyboard.ts";

shared("demo");

const title = "Sales & profit";
const message = (page: Page) => page.getByRole("contentinfo").getByRole("status");
const found = (page: Page) => page.getByRole("dialog", { name: "Search or run" });

/** Types into the palette, waits for what is wanted, and presses Enter on the first that is offered. */
async function run(page: Page, words: string, wanted: string | RegExp): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("textbox", { name: "Search or run" })).toBeFocused();
  await page.keyboard.type(words);
  await expect(found(page).getByText(wanted).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(found(page)).toHaveCount(0);
  await settled(page);
}

test("a view is kept, opened from its menu and from the palette, renamed and deleted", async ({ page }) => {
  const views = async () => (await bound<{ views: SavedView[] }>(page, "dashboards.API.Views")).views;
  const menu = page.getByRole("dialog", { name: "Views" });
  await goToTable(page, "/sales?range=90d&sort=sales.units&desc=true&q=steel&charts=none", title);
  const kept = { address: address(page), rows: await namesOfRows(page) };
  expect(kept.rows.length).toBeGreaterThan(1);

  await test.step("keep it", async () => {
    await page.keyboard.press("v");
    await expect(menu.getByRole("textbox", { name: "Name of this view" })).toBeFocused();
    await page.keyboard.type("Steel, 90 days");
    await page.keyboard.press("Enter");
    await expect(message(page)).toHaveText("This view is kept as Steel, 90 days");
    await page.reload();
    await settled(page);
    expect(address(page)).toEqual(kept.address);
  });

  await test.step("open it from the menu of its page", async () => {
    await goToTable(page, "/sales", title);
    await page.keyboard.press("v");
    await menu.getByRole("button", { name: "Steel, 90 days", exact: true }).click();
    await expect.poll(() => address(page)).toEqual(kept.address);
    await settled(page);
    expect(await namesOfRows(page)).toEqual(kept.rows);
  });

  await test.step("open it from the palette", async () => {
    await goTo(page, "/rules", "Rules");
    await run(page, "steel, 90", "Saved view");
    await expect.poll(() => address(page)).toEqual(kept.address);
    await settled(page);
    expect(await namesOfRows(page)).toEqual(kept.rows);
  });

  await test.step("another page does not have it", async () => {
    await goToTable(page, "/inventory", "Inventory");
    await page.keyboard.press("v");
    await expect(menu).toBeVisible();
    await expect(menu.getByRole("button", { name: /Steel/ })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(menu).toHaveCount(0);
  });

  await test.step("rename it, then delete it", async () => {
    await goToTable(page, "/sales", title);
    await page.keyboard.press("v");
    await menu.getByRole("button", { name: "Rename Steel, 90 days" }).click();
    await menu.getByRole("textbox", { name: "New name of Steel, 90 days" }).fill("Flasks");
    await menu.getByRole("button", { name: "Rename", exact: true }).click();
    await expect(menu.getByRole("button", { name: "Flasks", exact: true })).toBeVisible();
    expect((await views()).map(({ name }) => name)).toEqual(["Flasks"]);
    await menu.getByRole("button", { name: "Delete Flasks" }).click();
    await expect(menu.getByRole("button", { name: "Flasks", exact: true })).toHaveCount(0);
    expect(await views()).toEqual([]);
  });
});

test("the palette runs commands and finds SKUs, orders, campaigns and search terms", async ({ page }) => {
  await run(page, "listings", "Listings");
  await expect.poll(() => address(page).path).toBe("/listings");
  const { hits } = await bound<{ hits: Hit[] }>(page, "dashboards.API.Search", { query: "steel flask" });
  expect(hits[0]?.kind).toBe("sku");
  await run(page, "steel flask", hits[0]?.title ?? "");
  await expect.poll(() => address(page).path).toBe(hits[0]?.link);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Steel flask 750 ml");

  const orders = await askTable(page, tableInput("sales", "sales.orders", { limit: 1 }));
  const order = orders.rows[0]?.cells[orders.columns.findIndex(({ name }) => name === "order")]?.text ?? "";
  expect(order).toMatch(/^\d{3}-\d{7}-\d{7}$/);
  await run(page, order, "Order");
  await expect.poll(() => address(page).search.q).toBe(order);
  await expect(page.locator("main tbody").getByRole("row").filter({ hasText: order }).first()).toBeVisible();

  const campaign = (await askTable(page, tableInput("advertising", "campaigns", { limit: 1 }))).rows[0];
  await run(page, campaign?.label ?? "", campaign?.label ?? "");
  await expect.poll(() => address(page)).toMatchObject({ path: "/ads", search: { sel: campaign?.subject } });

  const term = (await askTable(page, tableInput("advertising", "terms", { limit: 1 }))).rows[0];
  await page.keyboard.press("Control+k");
  await page.keyboard.type(term?.label ?? "");
  const wanted = found(page).getByRole("button").filter({ hasText: term?.detail });
  await expect(wanted.first()).toBeVisible();
  await wanted.first().click();
  await expect.poll(() => address(page).path).toBe("/ads");
  expect(address(page).search.sel).toContain(term?.label);
});

test("the sheet lists the keys of the page, and the menu its commands with the same keys", async ({ page }) => {
  await goToTable(page, "/sales", title);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog");
  const own = sheet.getByRole("heading", { name: title }).locator("..");
  await expect(own.getByRole("term").filter({ hasText: "Previous period" })).toHaveCount(1);
  const keyed = await own.getByRole("term").allInnerTexts();
  expect(keyed).toEqual(
    expect.arrayContaining(["Last 90 days", "Next period", "Compare with something else", "Saved views", "Next table"]),
  );
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);

  await page.keyboard.press("F10");
  const menus = ["File", "View", "Go", "Page", "Help"];
  const listed: string[] = [];
  for (const name of menus) {
    await page.getByRole("menuitem", { name, exact: true }).hover();
    const expected = { File: "Import report files", View: "Hide amounts", Go: "Inventory", Page: "Previous period" }[
      name
    ];
    await expect(page.getByRole("menuitem", { name: expected ?? "Keyboard shortcuts" })).toBeVisible();
    listed.push(...(await page.getByRole("menuitem").allInnerTexts()).map((text) => text.split("\n")[0] ?? ""));
  }
  expect(
    keyed.filter((label) => !/row|details, or clear/i.test(label)).filter((label) => !listed.includes(label)),
  ).toEqual([]);
  await page.keyboard.press("Escape");
});

/** A key on the Sales page and what then is so. */
const keys: [name: string, press: string[], then: (page: Page) => Promise<void>][] = [
  ["last 90 days", ["4"], (page) => inAddress(page, { range: "90d" })],
  ["previous period", ["["], (page) => inAddress(page, { range: "custom" })],
  ["next period", ["]"], (page) => inAddress(page, { range: "90d" })],
  ["last 28 days", ["3"], (page) => inAddress(page, { range: undefined })],
  ["another comparison", ["c"], (page) => inAddress(page, { compare: "previous" })],
  ["group", ["b"], (page) => inAddress(page, { groupby: "marketplace" })],
  ["next table", ["t"], (page) => inAddress(page, { table: "marketplaces" })],
  ["next row", ["j"], (page) => expect(page.locator("main tbody tr[aria-current=true]")).toHaveCount(1)],
  ["details", ["Control+i"], (page) => expect(page.getByRole("complementary", { name: /^Details of/ })).toBeVisible()],
  ["close them", ["Escape"], (page) => inAddress(page, { sel: undefined })],
  ["filter", ["/"], (page) => expect(page.getByRole("textbox", { name: "Filter Marketplaces" })).toBeFocused()],
  ["rail", ["Control+b"], (page) => expect(page.getByRole("navigation", { name: "Pages" })).toHaveCount(0)],
  ["rail again", ["Control+b"], (page) => expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible()],
  ["export", ["Control+e"], (page) => expect(message(page)).toHaveText(/\.csv written, \d+ rows/)],
  ["amounts", ["Control+Shift+H"], (page) => expect(page.getByText("amount hidden").first()).toBeAttached()],
  ["amounts again", ["Control+Shift+H"], (page) => expect(page.getByText("amount hidden")).toHaveCount(0)],
  ["data", ["Escape", "g d"], (page) => expect.poll(() => address(page).path).toBe("/data")],
  ["back", ["Alt+ArrowLeft"], (page) => expect.poll(() => address(page).path).toBe("/sales")],
];

const inAddress = (page: Page, wanted: Record<string, string | undefined>) =>
  expect
    .poll(() => Object.fromEntries(Object.keys(wanted).map((key) => [key, address(page).search[key]])))
    .toEqual(wanted);

test("commands work from the keyboard", async ({ page }) => {
  await goToTable(page, "/sales", title);
  for (const [name, presses, then] of keys) {
    await test.step(`${presses.join(" ")}: ${name}`, async () => {
      await press(page, ...presses);
      await then(page);
      await settled(page);
    });
  }
});
