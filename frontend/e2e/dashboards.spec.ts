import type { Page } from "@playwright/test";
import type { Check, Reference, ViewInput } from "../src/lib/dashboards/types.ts";
import { address, askChecks, askDefinition, askRows, plainView, shared, split } from "./support/dashboards.ts";
import { bound, expect, goTo, report, settled, test } from "./support/fixtures.ts";

shared("demo");

const mostKeys = 4;
const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-", "="] as const;
const placed: Record<string, string> = { "-": "Minus", "=": "Equal" };

/** Of each check: columns of the rows behind it, and where the file has the same. */
const told: Record<string, [row: string, file: string][]> = {
  account: [["Status", "status"]],
  violations: [["Count", "defectsCount"]],
  not_sellable: [
    ["Reason", "Reason"],
    ["Issue", "Issue Description"],
  ],
  running_out: [["On hand", "afn-fulfillable-quantity"]],
  orders: [["On hand", "afn-fulfillable-quantity"]],
  yesterday: orderLine(),
  profit: orderLine(),
  ads: [
    ["Search term", "Customer Search Term"],
    ["Clicks", "Clicks"],
    ["Spend", "Spend"],
  ],
  featured_offer: [
    ["Sessions", "trafficByAsin.sessions"],
    ["Featured offer", "trafficByAsin.buyBoxPercentage"],
  ],
  claims: [["Count", "orderWithDefects.count"]],
  feedback: [
    ["Order", "Order ID"],
    ["Rating", "Rating"],
    ["Comment", "Comments"],
  ],
  due: [["Reason", "Reason"]],
};

function orderLine(): [string, string][] {
  return [
    ["Order", "amazon-order-id"],
    ["Units", "quantity"],
    ["Amount", "item-price"],
  ];
}

test("each morning check leads to the row of the original file with at most four keys", async ({ page }) => {
  await promise(page);
  const checks = await askChecks(page);
  expect(checks.map(({ number }) => number)).toEqual(digits.map((_, index) => index + 1));
  const counted: string[] = [];
  for (const check of checks) {
    await test.step(`${check.number} ${check.title}: ${check.value}`, async () => {
      await today(page, check);
      const want = await behind(page, check);
      const keys = await byKeys(page, check, want.title);
      counted.push(`${check.number}: ${keys.join(" ")}`);
      expect(keys.length, keys.join(" ")).toBeLessThanOrEqual(mostKeys);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${want.file}, line ${want.line}`);
      const cells = await cellsOf(page);
      for (const [row, file] of told[check.key] ?? []) {
        const value = want.cells[row];
        expect(value, `a row behind ${check.title} has the column ${row}`).toBeDefined();
        const there = cells.filter(([heading]) => heading === file).map(([, text]) => text);
        expect(there.map((text) => (typeof value === "number" ? Number(text) : text))).toContain(value);
      }
    });
  }
  report(counted.join(", "));
});

test("the number row opens the page of each check, with its row and the details of it", async ({ page }) => {
  for (const check of await askChecks(page)) {
    await test.step(`${check.number} ${check.title}`, async () => {
      await today(page, check);
      await page.keyboard.press(digits[check.number - 1] ?? "");
      const link = split(check.link);
      await expect.poll(() => address(page)).toEqual(link);
      await settled(page);
      const { sel } = link.search;
      if (sel === undefined) return;
      await expect(page.getByRole("complementary", { name: /^Details of / })).toBeVisible();
      const current = page.locator("main tbody tr[aria-current=true]");
      await expect(current).toHaveCount(1);
      await page.keyboard.press("r");
      await expect.poll(() => address(page).path).toBe("/rows");
      expect(address(page).search.subject).toBe(sel);
    });
  }
});

/** Approves what asks for a listing to be mended, so that something is promised. */
async function promise(page: Page): Promise<void> {
  type Item = { title: string };
  const { items } = await bound<{ items: Item[] }>(page, "decisions.API.Inbox", { tab: "needs", marketplace: "" });
  const item = items.find(({ title }) => title.includes("suppressed in search"));
  expect(item, "the demo has a suppressed listing").toBeDefined();
  await page.getByRole("list", { name: "Decisions" }).getByRole("button", { name: item?.title }).click();
  await expect(page.getByRole("complementary").getByRole("heading", { level: 2 })).toHaveText(item?.title ?? "");
  await page.keyboard.press("a");
  await expect(page.getByRole("button", { name: /^Undo: / })).toBeVisible();
  const due = (await askChecks(page)).find(({ key }) => key === "due");
  expect(due?.name, "a promise names the fact that it is about").toBe("listings.suppressed");
}

/** Today, with the check as it is now. */
async function today(page: Page, { title, value }: Check): Promise<void> {
  await goTo(page, "/today", "Today");
  const line = page.getByRole("list", { name: "Morning checks" }).getByRole("link").filter({ hasText: title });
  await expect(line.filter({ hasText: value })).toHaveCount(1);
}

type Behind = { title: string; file: string; line: number; cells: Record<string, string | number> };

/** The first row behind a check by the bound methods: that of its number, or of the first part that has rows. */
async function behind(page: Page, check: Check): Promise<Behind> {
  const view = viewOf(check);
  let reference: Reference = { name: check.name, subject: check.subject, view };
  let definition = await askDefinition(page, reference);
  const title = definition.title;
  if (check.money) expect(check.value).toContain(definition.values[0]?.text ?? "nothing");
  while (!definition.has_rows) {
    const [part] = definition.parts;
    expect(part, `${definition.title} has rows or parts`).toBeDefined();
    reference = { name: part?.name ?? "", subject: part?.subject ?? "", view };
    definition = await askDefinition(page, reference);
  }
  const { rows, columns, files } = await askRows(page, reference, 1);
  const [row] = rows;
  const cells = columns.map(({ title }, index) => {
    const cell = row?.cells[index];
    return [title, cell?.num ?? cell?.text ?? ""] as const;
  });
  const file = files.find(({ document }) => document === row?.document)?.name ?? "";
  return { title, file, line: row?.line ?? 0, cells: Object.fromEntries(cells) };
}

function viewOf({ link }: Check): ViewInput {
  return { ...plainView, range: { ...plainView.range, preset: split(link).search.range ?? "" } };
}

/** Presses keys from Today until the original row is shown; answers which. */
async function byKeys(page: Page, { number }: Check, title: string): Promise<string[]> {
  const keys: string[] = [];
  const press = async (key: string) => {
    keys.push(key);
    await page.keyboard.press(key);
  };
  const digit = digits[number - 1] ?? "";
  await press(`Shift+${placed[digit] ?? `Digit${digit}`}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const parts = page.getByRole("list", { name: "Made of" });
  const rows = page.getByRole("region", { name: /^Rows behind / });
  while (keys.length < mostKeys) {
    await expect(parts.or(rows)).toBeVisible();
    const made = await parts.isVisible();
    const before = page.url();
    await press("Enter");
    await expect.poll(() => page.url()).not.toBe(before);
    await settled(page);
    if (!made) break;
  }
  return keys;
}

/** Heading and text of each column of the original row. */
async function cellsOf(page: Page): Promise<[string, string][]> {
  const headings = await page.locator("main").getByRole("term").allInnerTexts();
  const texts = await page.locator("main").getByRole("definition").allInnerTexts();
  return headings.map((heading, index) => [heading.replace(/\s+counts$/, ""), texts[index] ?? ""]);
}
