import type { Locator, Page } from "@playwright/test";
import type { Hit, Timeline } from "../src/lib/dashboards/types.ts";
import {
  address,
  askDefinition,
  askRows,
  askTable,
  goToTable,
  plainView,
  shared,
  tableInput,
} from "./support/dashboards.ts";
import { bound, expect, goTo, settled, test } from "./support/fixtures.ts";

shared("demo");

const title = "Sales & profit";
const subject = "US/SKU-104";
const drawer = (page: Page) => page.getByRole("dialog", { name: "Where this number comes from" });
const value = (page: Page) => drawer(page).getByRole("list", { name: "Value" });
const part = (page: Page, name: string | RegExp) => drawer(page).getByRole("button", { name, exact: true });

/** Numbers as they are counted: "the 2,100 rows" are 2100. */
const counted = (text: string) => Number(text.replace(/\D/g, ""));

test("a number of the page leads by keyboard over its parts to its rows", async ({ page }) => {
  await goToTable(page, "/sales", title);
  const tile = page.getByRole("list", { name: "Primary numbers" }).getByRole("button", { name: /^Profit/ });
  await tile.press("Enter");
  const heading = drawer(page).getByRole("heading", { level: 2 });
  await expect(heading).toContainText("Profit");
  const profit = await askDefinition(page, { name: "sales.profit", subject: "", view: plainView });
  for (const { text } of profit.values) await expect(value(page)).toContainText(text);
  for (const { title, value: of } of profit.parts) {
    const line = drawer(page)
      .getByRole("listitem")
      .filter({ has: page.getByRole("button", { name: title, exact: true }) });
    await expect(line).toContainText(of.text);
  }

  await test.step("down to the sales of a marketplace and back", async () => {
    await part(page, "Sales").press("Enter");
    await expect(heading).toContainText("Sales");
    await part(page, "Sales, US").press("Enter");
    await expect(heading).toContainText("US");
    await expect(part(page, "Sales, US")).toHaveCount(0);
    await drawer(page).getByRole("button", { name: "Back" }).press("Enter");
    await drawer(page).getByRole("button", { name: "Back" }).press("Enter");
    await expect(heading).toContainText("Profit");
    await expect(drawer(page).getByRole("button", { name: "Back" })).toHaveCount(0);
  });

  await test.step("to the rows behind it", async () => {
    await part(page, "Refunds").press("Enter");
    await part(page, "Refunds, US").press("Enter");
    const { total } = await askRows(page, { name: "sales.refunds", subject: "US", view: plainView });
    await showRows(page, total);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Refunds, US");
  });
});

test("the number of a row is explained from the table, and its parts add up", async ({ page }) => {
  await goToTable(page, "/sales?sort=sales.profit&desc=true", title);
  const { rows, columns } = await askTable(page, tableInput("sales", "skus", { sort: "sales.profit", desc: true }));
  const at = columns.findIndex(({ name }) => name === "sales.profit");
  await page.keyboard.press("j");
  const row = page.locator("main tbody tr[aria-current=true]");
  await expect(row).toContainText(rows[0]?.label ?? "");
  await page.keyboard.press("d");
  await expect(drawer(page).getByRole("heading", { level: 2 })).toContainText(rows[0]?.label ?? "");
  await expect(value(page)).toContainText(rows[0]?.cells[at]?.text ?? "");

  const of = { name: "sales.profit", subject: rows[0]?.subject ?? "", view: plainView };
  const { parts } = await askDefinition(page, of);
  const sum = parts.reduce((all, { sign, value: { num } }) => all + (sign === "−" ? -1 : 1) * (num ?? 0), 0);
  expect(sum).toBeCloseTo(rows[0]?.cells[at]?.num ?? Number.NaN, 2);

  await page.keyboard.press("Escape");
  await expect(drawer(page)).toHaveCount(0);
  await expect(row).toBeFocused();
  await page.keyboard.press("r");
  await expect.poll(() => address(page).path).toBe("/rows");
  expect(address(page).search).toMatchObject({ name: "sales.profit", subject: of.subject });
  await expect(page.getByRole("list", { name: "Made of" }).getByRole("link").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect.poll(() => address(page).path).toBe("/sales");
});

test("a SKU is found by its words and shows its days with one cursor", async ({ page }) => {
  await openSku(page);
  const timeline = await bound<Timeline>(page, "dashboards.API.Timeline", { subject, view: plainView });
  const lanes = page.getByRole("region", { name: "Day by day" });
  const known = timeline.lanes.filter(({ data }) => data.lines.some((line) => line.values.some((one) => one !== null)));
  await expect(lanes.getByRole("slider")).toHaveCount(known.length);

  await test.step("the cursor of one is the cursor of all", async () => {
    await lanes.getByRole("slider", { name: /^Units,/ }).focus();
    await page.keyboard.press("Home");
    await at(lanes, 0);
    for (let index = 0; index < 5; index++) await page.keyboard.press("ArrowRight");
    await at(lanes, 5);
    for (const { data } of known) {
      const one = data.lines[0]?.values[5];
      if (one === null || one === undefined || data.currency !== "") continue;
      const slider = lanes.getByRole("slider", { name: new RegExp(`^${data.title},`) });
      const unit = one === 1 ? data.unit.replace(/s$/, "") : data.unit;
      await expect(slider).toHaveAttribute("aria-valuetext", new RegExp(`${data.lines[0]?.label} ${one} ${unit}`));
    }
    await page.keyboard.press("End");
    await at(lanes, timeline.lanes[0]?.data.days.length ?? 0, 1);
  });

  await test.step("what happened leads to its decision", async () => {
    const [marker] = timeline.markers.filter(({ link }) => link.startsWith("/today?sel="));
    const marks = page.getByRole("list", { name: "What happened on these days" }).getByRole("button");
    await marks.first().press("Enter");
    const choice = page.getByRole("menuitem").filter({ hasText: marker?.title });
    if ((await choice.count()) > 0) await choice.press("Enter");
    await expect.poll(() => address(page).path).toBe("/today");
    await expect(page.getByRole("complementary").getByRole("heading", { level: 2 })).toHaveText(marker?.title ?? "");
  });
});

test("the key figures of a SKU lead over their parts to rows of files", async ({ page }) => {
  await openSku(page);
  const figure = (name: string) => page.getByRole("definition").nth(names.indexOf(name)).getByRole("button");
  const names = await page.getByRole("term").allInnerTexts();
  await figure("Margin").press("Enter");
  const margin = await askDefinition(page, { name: "sales.margin", subject, view: plainView });
  await expect(value(page)).toContainText(margin.values[0]?.text ?? "");
  for (const name of ["Profit", "Sales"]) await part(page, new RegExp(`^${name}`)).press("Enter");
  const { total } = await askRows(page, { name: "sales.sales", subject, view: plainView });
  await showRows(page, total);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^all-orders_US_.*, line \d+$/);
  await expect(page.getByRole("definition").filter({ hasText: /^SKU-104$/ })).toHaveCount(1);
});

/** Goes to the SKU by typing words of its title; the arrow chooses among its marketplaces. */
async function openSku(page: Page): Promise<void> {
  await goTo(page, "/rules", "Rules");
  const { hits } = await bound<{ hits: Hit[] }>(page, "dashboards.API.Search", { query: "steel flask" });
  const index = hits.findIndex(({ link }) => link === `/sku/${encodeURIComponent(subject)}`);
  expect(index).toBeGreaterThanOrEqual(0);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("steel flask");
  await expect(
    page
      .getByRole("dialog")
      .getByText(hits[index]?.title ?? "")
      .first(),
  ).toBeVisible();
  for (let down = 0; down < index; down++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => address(page).path).toBe(`/sku/${encodeURIComponent(subject)}`);
  await settled(page);
}

/** Every lane has its cursor there; `less` of a number of days is that many before their end. */
async function at(lanes: Locator, index: number, less = 0): Promise<void> {
  for (const slider of await lanes.getByRole("slider").all()) {
    await expect(slider).toHaveAttribute("aria-valuenow", String(index - less));
  }
}

/** Follows the way to the rows; there are as many as it said. */
async function showRows(page: Page, total: number): Promise<void> {
  const way = drawer(page).getByRole("link", { name: /^Show the [\d,]+ rows behind it$/ });
  await expect(way).toBeVisible();
  expect(counted(await way.innerText())).toBe(total);
  await way.press("Enter");
  await expect(drawer(page)).toHaveCount(0);
  await expect.poll(() => address(page).path).toBe("/rows");
  const said = page.getByRole("main").getByRole("status").filter({ hasText: /rows$/ });
  await expect(said).toBeVisible();
  expect(counted(await said.innerText())).toBe(total);
}
