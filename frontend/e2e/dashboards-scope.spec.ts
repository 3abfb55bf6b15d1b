import type { Page } from "@playwright/test";
import type { PageData, Scopes, Table, TableInput, ViewInput } from "../src/lib/dashboards/types.ts";
import {
  address,
  askTable,
  goToTable,
  namesOfRows,
  plainView,
  rowNamed,
  shared,
  tableInput,
} from "./support/dashboards.ts";
import { bound, expect, settled, test } from "./support/fixtures.ts";

shared("demo");

const title = "Sales & profit";
const columns = ["sales.units", "sales.sales"];
const shown = `cols=${columns.join(",")}`;
const message = (page: Page) => page.getByRole("contentinfo").getByRole("status");
const tile = (page: Page, name: string) =>
  page.getByRole("list", { name: "Primary numbers" }).getByRole("button", { name: new RegExp(`^${name}`) });
const askPage = (page: Page, view: ViewInput) => bound<PageData>(page, "dashboards.API.Page", { page: "sales", view });
const skus = (page: Page, change: Partial<TableInput> = {}) =>
  askTable(page, tableInput("sales", "skus", { columns, ...change }));
const within = (scope: Partial<ViewInput["scope"]>): ViewInput => ({
  ...plainView,
  scope: { ...plainView.scope, ...scope },
});

test("ranges step back and forth, and each comparison is against its own days", async ({ page }) => {
  await goToTable(page, "/sales?charts=none", title);
  const units = tile(page, "Units");
  const now = await askPage(page, plainView);
  const at = now.tiles.findIndex(({ name }) => name === "sales.units");
  const [value = "", before = ""] = [now.tiles[at]?.values[0]?.text, now.tiles[at]?.before];
  expect(before).not.toBe("");
  await expect(units).toContainText(`${value} units`);
  await expect(units).toContainText(`before ${before}`);

  await test.step("[ shows what was before, ] comes back", async () => {
    await page.keyboard.press("[");
    await expect(units).toContainText(`${before} units`);
    expect(address(page).search).toMatchObject({ from: now.compare_from, to: now.compare_to });
    await page.keyboard.press("]");
    await expect(units).toContainText(`${value} units`);
    await expect.poll(() => address(page).search.range).toBeUndefined();
    await page.keyboard.press("]");
    await expect(message(page)).toHaveText("There is no later day that is over");
  });

  for (const compare of ["previous", "year", "none", "weekdays"]) {
    await test.step(`c: ${compare}`, async () => {
      await page.keyboard.press("c");
      const wanted = await askPage(page, { ...plainView, range: { ...plainView.range, compare } });
      const { change, before } = wanted.tiles[at] ?? {};
      await settled(page);
      if (compare === "none") await expect(units).not.toContainText("before");
      else await expect(units).toContainText(`before ${before}`);
      await expect(units).toContainText(change?.text ?? "");
      const [, days = ""] = (await page.getByRole("button", { name: /^Compared with: / }).innerText()).split("vs ");
      expect(days === "").toBe(wanted.compare_from === "");
    });
  }
});

test("a page is narrowed to a marketplace, and the parts make the whole", async ({ page }) => {
  const { marketplaces } = await bound<Scopes>(page, "dashboards.API.Scopes");
  expect(marketplaces.length).toBeGreaterThan(1);
  await goToTable(page, `/sales?${shown}&charts=none`, title);
  const whole = await skus(page);
  let units = 0;
  for (const { code, name, currency } of marketplaces) {
    await test.step(name, async () => {
      await page.getByRole("button", { name: /^Marketplaces: / }).click();
      for (const other of marketplaces) {
        const item = page.getByRole("menuitemcheckbox", { name: other.name });
        if ((await item.getAttribute("aria-checked")) !== String(other.code === code)) await item.click();
      }
      await page.keyboard.press("Escape");
      await expect.poll(() => address(page).search.marketplaces).toBe(code);
      await settled(page);
      const part = await skus(page, { view: within({ marketplaces: [code] }) });
      expect(part.rows.every(({ subject }) => subject.startsWith(`${code}/`))).toBe(true);
      await totalsAre(page, part);
      expect(part.totals[1]?.currency).toBe(currency);
      await expect(tile(page, "Units")).toContainText(`${part.totals[0]?.text} units`);
      units += part.totals[0]?.num ?? 0;
    });
  }
  expect(units).toBe(whole.totals[0]?.num);
});

test("selected SKUs get a tag, the page is narrowed to it, and the change can be taken back", async ({ page }) => {
  await goToTable(page, `/sales?${shown}&charts=none`, title);
  const before = (await skus(page)).rows.slice(0, 3);
  const bar = page.getByRole("region", { name: "Selected rows" });
  const tag = async () => {
    await bar.getByRole("button", { name: "Tag…" }).click();
    await page.getByRole("combobox", { name: "Tag", exact: true }).fill("flagship");
    await page.keyboard.press("Enter");
    await expect(message(page)).toHaveText("Tagged flagship: 3 SKUs");
  };

  await test.step("three rows are selected by key", async () => {
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+J");
    await page.keyboard.press("Shift+J");
    await expect(bar).toContainText("3 selected");
  });

  await test.step("tagged, taken back, and tagged again", async () => {
    await tag();
    for (const { label } of before) await expect(rowNamed(page, label).filter({ hasText: "flagship" })).toHaveCount(1);
    await bar.getByRole("button", { name: "Undo the last change" }).click();
    await expect(message(page)).toHaveText("Taken back");
    await expect(page.getByRole("rowheader", { name: "flagship" })).toHaveCount(0);
    expect((await bound<Scopes>(page, "dashboards.API.Scopes")).tags).toEqual([]);
    await tag();
  });

  await test.step("the page shows these three, and totals are their sums", async () => {
    await page.getByRole("button", { name: "Tag: All tags" }).click();
    await page.getByRole("menuitemradio", { name: "flagship" }).click();
    await expect.poll(() => address(page).search.tag).toBe("flagship");
    await settled(page);
    expect(await namesOfRows(page)).toEqual(before.map(({ label }) => label));
    const tagged = await skus(page, { view: within({ tag: "flagship" }) });
    expect(tagged.rows.map(({ subject, cells }) => [subject, ...cells.map(({ text }) => text)])).toEqual(
      before.map(({ subject, cells }) => [subject, ...cells.map(({ text }) => text)]),
    );
    await totalsAre(page, tagged);
    await expect(tile(page, "Units")).toContainText(`${tagged.totals[0]?.text} units`);
  });

  await test.step("they make a product group, by which rows are grouped", async () => {
    await page.keyboard.press("j");
    await page.keyboard.press("Control+a");
    await expect(bar).toContainText("3 selected");
    await bar.getByRole("button", { name: "Product group…" }).click();
    await page.getByRole("combobox", { name: "Product group", exact: true }).fill("Core");
    await page.keyboard.press("Enter");
    await expect(message(page)).toHaveText("Now in Core: 3 SKUs");
    await goToTable(page, `/sales?${shown}&charts=none&groupby=group`, title);
    await expect(page.getByRole("button", { name: "Core 3" })).toHaveAttribute("aria-expanded", "true");
    const group = (await skus(page, { group: "group" })).rows.find(
      ({ kind, label }) => kind === "group" && label === "Core",
    );
    expect(group?.count).toBe(3);
    expect(group?.cells[0]?.num).toBe(before.reduce((sum, { cells }) => sum + (cells[0]?.num ?? 0), 0));
  });
});

/** The line of totals has the sum of each column over the rows, amounts by currency. */
async function totalsAre(page: Page, { rows, found, totals }: Table): Promise<void> {
  expect(rows.length, "all rows are in one window").toBe(found);
  const line = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Total", exact: true }) });
  for (const [index, total] of totals.entries()) {
    await expect(line).toContainText(total.text);
    const sums = new Map<string, number>();
    for (const { cells } of rows) {
      const { currency = "", num = null } = cells[index] ?? {};
      if (num !== null) sums.set(currency, (sums.get(currency) ?? 0) + Math.round(num * 100));
    }
    const said = total.text.split(" · ").map((text) => Number(text.replace(/[^\d.]/g, "")) * 100);
    expect(said.map(Math.round).sort()).toEqual([...sums.values()].sort());
  }
}
