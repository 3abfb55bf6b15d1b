import type { Locator, Page } from "@playwright/test";
import { type BigSku, bigShop, bigSkus } from "./support/bigshop.ts";
import { address, askTable, goToTable, namesOfRows, shared, tableInput } from "./support/dashboards.ts";
import { expect, report, seconds, settled, test } from "./support/fixtures.ts";
import { purser } from "./support/server.ts";

const server = shared("empty", async () => {
  const began = performance.now();
  const dir = await bigShop();
  report(`10,000 SKUs made and imported in ${seconds(began)}`);
  return dir;
});

const title = "Sales & profit";
const columns = ["sales.units", "sales.sales", "inventory.on_hand"];
const shown = `charts=none&cols=${columns.join(",")}`;
const tableOf = (page: Page) => page.getByRole("tabpanel").getByRole("table");

/** By amount, largest first, whatever the currency: as the page sorts. */
const byAmount = (a: BigSku, b: BigSku) => b.minor - a.minor;
const skuOf = ({ sku }: BigSku) => sku;
const number = (text: string) => Number(text.replace(/[^\d]/g, ""));
const found = (page: Page) =>
  page
    .getByRole("main")
    .getByRole("status")
    .filter({ hasText: /^[\d,]+\s*$/ });

test("10,000 rows are sorted, filtered, grouped and walked by key, and say what the database says", async ({
  page,
}) => {
  await goToTable(page, `/sales?${shown}`, title);
  const table = tableOf(page);
  await expect(found(page)).toHaveText("10,000");
  await expect(table).toHaveAttribute("aria-rowcount", "10002");

  await test.step("the program and its database have what was made", async () => {
    const { out } = await purser(server().dir, "export", "sales.daily", "--json");
    type Line = { marketplace: string; sku: string; units: number; sales_minor: number };
    const sold = new Map<string, { units: number; minor: number }>();
    for (const { marketplace, sku, units, sales_minor } of JSON.parse(out) as Line[]) {
      const before = sold.get(`${marketplace}/${sku}`) ?? { units: 0, minor: 0 };
      sold.set(`${marketplace}/${sku}`, { units: before.units + units, minor: before.minor + sales_minor });
    }
    expect(sold.size).toBe(bigSkus.length);
    for (const { subject, units, minor } of bigSkus) expect(sold.get(subject), subject).toEqual({ units, minor });
  });

  await test.step("totals are sums of the database, by currency", async () => {
    const sum = (code: string) =>
      bigSkus.filter(({ market }) => market.code === code).reduce((all, { minor }) => all + minor, 0);
    const line = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Total", exact: true }) });
    const text = await line.innerText();
    const amounts = [...text.matchAll(/[$€][\d,.]+/g)].map(([amount]) => number(amount));
    expect(amounts.sort()).toEqual([sum("US"), sum("DE")].sort());
    const units = bigSkus.reduce((all, one) => all + one.units, 0);
    expect(text).toContain(units.toLocaleString("en-US"));
  });

  await test.step("sorted by a column, down and up", async () => {
    const order = [...bigSkus].sort(byAmount).map(skuOf);
    await sameOrder(page, order);
    await table.getByRole("button", { name: /^(settling )?Sales$/ }).press("Enter");
    await expect(table.getByRole("columnheader", { name: /Column Sales$/ })).toHaveAttribute("aria-sort", "ascending");
    await settled(page);
    await sameOrder(page, order.toReversed());
    const answer = await askTable(page, tableInput("sales", "skus", { columns, sort: "sales.sales", offset: 5000 }));
    expect(answer.rows.map(({ subject }) => subject.split("/")[1])).toEqual(order.toReversed().slice(5000, 5200));
  });

  await test.step("End and Home go to the last and the first row", async () => {
    const order = [...bigSkus].sort(byAmount).map(skuOf).toReversed();
    await page.keyboard.press("j");
    await onRow(table, order[0]);
    for (const [key, row] of [
      ["End", order.at(-1)],
      ["PageUp", order.at(-11)],
      ["Home", order[0]],
      ["PageDown", order[10]],
      ["End", order.at(-1)],
    ] as const) {
      await page.keyboard.press(key);
      await onRow(table, row);
    }
    await expect(table.locator("tr[aria-current=true]")).toHaveAttribute("aria-rowindex", "10001");
  });

  await test.step("several rows are selected", async () => {
    for (const key of ["x", "Shift+K", "Shift+K"]) await page.keyboard.press(key);
    const bar = page.getByRole("region", { name: "Selected rows" });
    await expect(bar).toContainText("3 selected");
    await page.keyboard.press("Control+a");
    await expect(bar).toContainText("10,000 selected");
    await page.keyboard.press("Escape");
    await expect(bar).toHaveCount(0);
  });
});

test("10,000 rows are filtered by text and by value, and grouped", async ({ page }) => {
  await goToTable(page, `/sales?${shown}`, title);
  const table = tableOf(page);

  await test.step("by text", async () => {
    const wanted = bigSkus.filter(({ title }) => title.includes("kettle 77")).sort(byAmount);
    await page.keyboard.press("/");
    await page.keyboard.type("KETTLE 77");
    await expect(found(page)).toHaveText(String(wanted.length));
    await settled(page);
    await sameOrder(page, wanted.map(skuOf));
    await page.keyboard.press("Escape");
    await expect(found(page)).toHaveText("10,000");
    await page.keyboard.press("Escape");
  });

  await test.step("by value", async () => {
    const wanted = bigSkus.filter(({ minor, stock }) => minor >= 11_000 && stock < 10).sort(byAmount);
    for (const [column, comparison, value] of [
      ["Sales", "at least", "110"],
      ["On hand, units", "less than", "10"],
    ] as const) {
      await page.getByRole("button", { name: "Add filter" }).click();
      await page.getByRole("combobox", { name: "Column" }).selectOption({ label: column });
      await page.getByRole("combobox", { name: "Comparison" }).selectOption({ label: comparison });
      await page.getByRole("textbox", { name: /^Value/ }).fill(value);
      await page.keyboard.press("Enter");
      await settled(page);
    }
    await expect(found(page)).toHaveText(wanted.length.toLocaleString("en-US"));
    await sameOrder(page, wanted.map(skuOf));
    const { filters = "" } = address(page).search;
    expect(filters.split(";")).toHaveLength(2);
    for (const remove of await page.getByRole("button", { name: /^Remove filter: / }).all()) {
      await expect(remove).toBeVisible();
    }
  });

  await test.step("by marketplace, groups folded by key", async () => {
    await goToTable(page, `/sales?${shown}`, title);
    await page.getByRole("button", { name: /^Grouped by: / }).click();
    await page.getByRole("menuitemradio", { name: "Marketplace" }).click();
    await expect.poll(() => address(page).search.groupby).toBe("marketplace");
    await expect(table).toHaveAttribute("aria-rowcount", "10004");
    const { rows } = await askTable(page, tableInput("sales", "skus", { columns, group: "marketplace", limit: 1 }));
    const first = bigSkus.filter(({ market }) => market.code === rows[0]?.label);
    expect(rows[0]?.count).toBe(first.length);
    const heading = page.getByRole("button", { name: new RegExp(`^${rows[0]?.label} ${first.length / 1000},000$`) });
    await expect(heading).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("j");
    await expect(table.locator("tr[aria-current=true]")).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await expect(heading).toHaveAttribute("aria-expanded", "false");
    await expect(table).toHaveAttribute("aria-rowcount", String(10_004 - first.length));
    const rest = bigSkus.filter(({ market }) => market.code !== rows[0]?.label).sort(byAmount);
    await page.keyboard.press("End");
    await onRow(table, rest.at(-1)?.sku);
  });
});

/** The rows in sight are the first of these. */
async function sameOrder(page: Page, skus: readonly string[]): Promise<void> {
  const names = await namesOfRows(page);
  expect(names.length).toBeGreaterThan(Math.min(5, skus.length - 1));
  expect(names).toEqual(skus.slice(0, names.length));
}

/** The cursor and the focus are on the row, which is in sight. */
async function onRow(table: Locator, sku: string | undefined): Promise<void> {
  const row = table.locator("tr[aria-current=true]");
  await expect(row).toContainText(sku ?? "");
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport({ ratio: 0.9 });
}
