import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { Chart, PageData } from "../src/lib/dashboards/types.ts";
import { goToTable, plainView, shared } from "./support/dashboards.ts";
import { bound, expect, test } from "./support/fixtures.ts";
import { purser } from "./support/server.ts";
import { csvRows, xlsxRows } from "./support/sheets.ts";

const server = shared("demo");

const title = "Sales & profit";
const least = 40;
const filtered = `/sales?charts=none&cols=sales.units,sales.sales,inventory.on_hand&filters=sales.units:gt:${least}`;

/** Presses what makes the page offer a file, and answers the file. */
async function fetched(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Writes the table or the page by the menu of the page and fetches what was written. */
async function exported(page: Page, item: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole("button", { name: /^Export/ }).click();
  await page.getByRole("menuitem", { name: item }).click();
  const link = page.getByRole("main").getByRole("link", { name: "Download it" });
  await expect(link).toBeVisible();
  const file = await fetched(page, () => link.click());
  await page.getByRole("button", { name: "Close this message" }).click();
  await expect(link).toHaveCount(0);
  return file;
}

type Sold = { units: number; minor: number; currency: string };

/** What the tables of the program hold of the SKUs that pass the filter, by subject. */
async function stored(page: Page): Promise<{ sold: Map<string, Sold>; stock: Map<string, number> }> {
  const { from, to } = await bound<PageData>(page, "dashboards.API.Page", { page: "sales", view: plainView });
  const { dir } = server();
  const sold = new Map<string, Sold>();
  const days = await purser(dir, "export", "sales.daily", "--json", "--demo", "--from", from, "--to", to);
  type Line = { marketplace: string; sku: string; units: number; sales_minor: number; currency: string };
  for (const { marketplace, sku, units, sales_minor, currency } of JSON.parse(days.out) as Line[]) {
    const before = sold.get(`${marketplace}/${sku}`) ?? { units: 0, minor: 0, currency };
    sold.set(`${marketplace}/${sku}`, { units: before.units + units, minor: before.minor + sales_minor, currency });
  }
  for (const [subject, { units }] of sold) if (units <= least) sold.delete(subject);
  const facts = await purser(dir, "facts", "--json", "--demo", "--subject", "sku", "--name", "inventory.on_hand");
  const stock = new Map<string, number>();
  type Fact = { subject: string; name: string; value: number };
  for (const { subject, name, value } of JSON.parse(facts.out) as Fact[])
    if (name === "inventory.on_hand") stock.set(subject, value);
  return { sold, stock };
}

test("a filtered table is written as CSV and as Excel file with the numbers of the database", async ({ page }) => {
  await goToTable(page, filtered, title);
  const { sold, stock } = await stored(page);
  expect(sold.size).toBeGreaterThan(10);

  const csv = await exported(page, "Table as CSV");
  expect(csv.name).toMatch(/^sales-skus_.*filtered.*\.csv$/);
  const [heads = [], ...lines] = csvRows(csv.bytes);
  const at = (head: string) => heads.findIndex((other) => other === head || other.startsWith(`${head}, `));
  const cell = (line: readonly string[], head: string) => line[at(head)] ?? "";
  const named = (line: readonly string[]) => `${line[0]}/${line[1]}`;
  await test.step("CSV", async () => {
    expect(lines.map(named).sort()).toEqual([...sold.keys()].sort());
    for (const line of lines) {
      const { units, minor, currency } = sold.get(named(line)) ?? {};
      expect(cell(line, "Units"), named(line)).toBe(String(units));
      expect(Math.round(Number(cell(line, "Sales")) * 100), named(line)).toBe(minor);
      expect(cell(line, "Sales, currency")).toBe(currency);
      expect(cell(line, "On hand"), named(line)).toBe(String(stock.get(named(line)) ?? ""));
    }
    const sales = lines.map((line) => Number(cell(line, "Sales")));
    expect(sales, "in the order of the page").toEqual([...sales].sort((a, b) => b - a));
  });

  await test.step("Excel", async () => {
    const xlsx = await exported(page, "Table as Excel file");
    expect(xlsx.name).toBe(csv.name.replace(/csv$/, "xlsx"));
    const [top = [], ...rows] = xlsxRows(xlsx.bytes);
    expect(top).toEqual(heads);
    const numbers = ["Units", "Sales", "On hand"].map(at);
    for (const [index, row] of rows.entries()) {
      const texts = heads.map((_, place) => String(row[place] ?? ""));
      const asNumbers = lines[index]?.map((text, place) =>
        numbers.includes(place) && text !== "" ? String(Number(text)) : text,
      );
      expect(texts).toEqual(asNumbers);
      for (const place of numbers) if (lines[index]?.[place] !== "") expect(typeof row[place]).toBe("number");
    }
    expect(rows).toHaveLength(lines.length);
  });
});

test("selected rows are written alone", async ({ page }) => {
  await goToTable(page, filtered, title);
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  const bar = page.getByRole("region", { name: "Selected rows" });
  await expect(bar).toContainText("2 selected");
  const names = (await page.locator("main tbody").getByRole("rowheader").allInnerTexts()).slice(0, 2);
  await bar.getByRole("button", { name: "Export as CSV" }).click();
  const { bytes, name } = await fetched(page, () => page.getByRole("link", { name: "Download it" }).click());
  expect(name).toContain("selected");
  const skus = csvRows(bytes).map(([, sku]) => sku);
  expect(skus.slice(1)).toEqual(names.map((text) => text.split("\n")[0]?.trim()));
});

test("a page is written as PDF", async ({ page }) => {
  await goToTable(page, "/sales", title);
  const { name, bytes } = await exported(page, "Page as PDF");
  expect(name).toMatch(/^sales_.*\.pdf$/);
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.subarray(-8).toString()).toContain("%%EOF");
  expect(bytes.length).toBeGreaterThan(10_000);
});

for (const { chart, page: name, path, heading } of [
  { chart: "Sales a day", page: "sales", path: "/sales", heading: title },
  { chart: "From sales to profit", page: "sales", path: "/sales", heading: title },
]) {
  test(`a chart is saved as a picture and as numbers: ${chart}`, async ({ page }) => {
    await goToTable(page, path, heading);
    const figure = page.getByRole("region", { name: chart, exact: true });
    const choose = async (item: string) => {
      await figure.getByRole("button", { name: /^More for / }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };

    await test.step("picture", async () => {
      const { bytes, name: file } = await fetched(page, () => choose("Save picture (PNG)"));
      expect(file).toMatch(new RegExp(`^${name}-.*\\.png$`));
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      expect(bytes.readUInt32BE(16)).toBeGreaterThan(200);
      expect(bytes.readUInt32BE(20)).toBeGreaterThan(100);
      expect(bytes.length).toBeGreaterThan(2000);
    });

    await test.step("numbers, the same as in its table", async () => {
      const { bytes } = await fetched(page, () => choose("Save numbers (CSV)"));
      const [heads = [], ...lines] = csvRows(bytes);
      await figure.getByRole("button", { name: "View as table" }).click();
      const twin = figure.getByRole("table");
      const shown = await twin.getByRole("columnheader").allInnerTexts();
      expect(heads.map((head) => head.replace(/ \([^)]*\)$/, ""))).toEqual(shown);
      const rows = await twin.locator("tbody").getByRole("row").all();
      expect(rows).toHaveLength(lines.length);
      for (const [index, row] of rows.entries()) {
        const texts = await row.locator("th, td").allInnerTexts();
        // The first cell is a name, or a day that each writes in its own way.
        for (const [place, text] of texts.entries()) {
          const cell = lines[index]?.[place] ?? "none";
          if (place > 0) expect(plain(text), `${texts[0]}, ${heads[place]}`).toBe(rounded(cell, text));
        }
      }
      const { data } = await bound<Chart>(page, "dashboards.API.Chart", {
        page: name,
        chart: chart === "Sales a day" ? "sales" : "profit",
        subject: "",
        view: plainView,
      });
      const exact = data.bars.length > 0 ? data.bars.map(({ value }) => value) : data.lines[0]?.values.toReversed();
      expect(lines.map((line) => Number(line[1]))).toEqual(exact);
    });
  });
}

/** A cell of the table of a chart without its unit and the commas between thousands. */
function plain(text: string): string {
  const number = /^([−-]?[\d,]+(?:\.\d+)?)(?: \w+)?$/.exec(text)?.[1];
  return number === undefined ? text.replace(/^\?$/, "") : number.replace("−", "-").replaceAll(",", "");
}

/** A cell of the file as the table has it: a number with as many decimals as stand there. */
function rounded(cell: string, shown: string): string {
  if (cell === "" || Number.isNaN(Number(cell))) return cell;
  const digits = /\.(\d+)/.exec(shown)?.[1]?.length ?? 0;
  const rounds = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return Number(cell).toLocaleString("en-US", rounds);
}
