import type { Page } from "@playwright/test";
import { expect, report, seconds, test } from "./support/fixtures.ts";
import { orders, type Product, type Report, stock } from "./support/reports.ts";

const products: Product[] = [
  { sku: "KETTLE-1", asin: "B0E2E00001", title: "Gooseneck kettle 1 l", perDay: 8, price: "59.90" },
  { sku: "FILTER-2", asin: "B0E2E00002", title: "Paper filters, 100", perDay: 3, price: "7.50" },
];
const badLine = 40;
/** One line of 660 does not say a number: it goes to quarantine, the rest is taken in. */
const someOrders = orders("orders.txt", products, 60, (line) => (line === badLine ? "two" : "1"));
const stockToday = stock("stock.txt", products, 30);
const webPage: Report = { name: "report.txt", text: "<!DOCTYPE html><html><body>Sign in to Amazon</body></html>" };
const noReport: Report = { name: "shopping.csv", text: "bread,milk\n1,2\n3,4\n" };

/** Drops files on the window as a browser does. */
async function drop(page: Page, files: readonly Report[]): Promise<void> {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, text } of all) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.dispatchEvent("html", "dragover", { dataTransfer: data });
  await expect(page.getByText("Drop the report files here")).toBeVisible();
  await page.dispatchEvent("html", "drop", { dataTransfer: data });
}

const line = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });

test("dropped files are shown before anything is stored, then taken in, then judged", async ({ page, open }) => {
  await open("empty");
  const dropped = performance.now();
  await drop(page, [someOrders, stockToday, webPage, noReport]);

  await test.step("each file says what it is, or why not", async () => {
    await expect(page.getByRole("heading", { name: "Import report files" })).toBeVisible();
    const known = line(page, "orders.txt");
    await expect(known).toContainText("All orders");
    await expect(known).toContainText("US");
    await expect(known.locator("dl")).toContainText("660");
    await expect(known.locator("dl")).toContainText("659");
    await known.getByRole("button", { name: /1 bad row/ }).click();
    await expect(known).toContainText(`Line ${badLine + 2}`);
    await expect(known).toContainText("quantity");
    await expect(line(page, "stock.txt")).toContainText("FBA Manage Inventory");
    await expect(line(page, "report.txt")).toContainText("web page");
    await expect(line(page, "report.txt")).toContainText("left out");
    await expect(line(page, "shopping.csv")).toContainText("Not a report Purser knows");
    await expect(line(page, "shopping.csv")).toContainText("left out");
  });

  await test.step("Import takes in what can be", async () => {
    await page.getByRole("button", { name: /^Import 2 files, 661 rows/ }).click();
    await expect(page.getByRole("heading", { name: "Imported" })).toBeVisible();
    await expect(line(page, "orders.txt")).toContainText("659 new, 0 already there, 1 in quarantine");
    await expect(line(page, "stock.txt")).toContainText("2 new");
  });

  await test.step("Today has the first decision", async () => {
    await page.getByRole("button", { name: "See what needs you" }).click();
    const first = page.locator("ul[data-decisions] > li").filter({ hasText: "Gooseneck kettle" }).first();
    await expect(first).toBeVisible();
    report(`first insight ${seconds(dropped)} after the drop`);
    await expect(first).toContainText("sells out");
  });
});

test("a file that is there already changes nothing, and its bad row can be read later", async ({ page, open }) => {
  await open("empty");
  const chosen = { name: someOrders.name, mimeType: "text/plain", buffer: Buffer.from(someOrders.text) };
  for (const [round, result] of ["659 new", "0 new, 659 already there"].entries()) {
    await test.step(result, async () => {
      await page.evaluate(() => {
        window.location.hash = "#/data/import";
      });
      const chooser = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Choose files" }).click();
      await (await chooser).setFiles(chosen);
      if (round > 0) await expect(line(page, "orders.txt")).toContainText("already there");
      await page.getByRole("button", { name: round === 0 ? /^Import 1 file, 659 rows/ : /nothing new/ }).click();
      await expect(line(page, "orders.txt")).toContainText(result);
    });
  }

  await page.getByRole("link", { name: "See them by file" }).click();
  await page.getByRole("row").filter({ hasText: "orders.txt" }).first().click();
  const details = page.getByRole("complementary", { name: "File details" });
  await expect(details.getByRole("heading", { name: /Quarantine/ })).toContainText("1");
  await expect(details).toContainText(`Line ${badLine + 2}`);
  await expect(details).toContainText("quantity");
});

test("a file with too many bad rows is held whole, and says so", async ({ page, open }) => {
  await open("empty");
  await drop(page, [orders("broken.txt", products, 30, (n) => (n % 20 === 0 ? "many" : "1"))]);
  await expect(line(page, "broken.txt")).toContainText("left out");
  await expect(line(page, "broken.txt")).toContainText("17 of 330 rows");
  await expect(page.getByRole("button", { name: "Nothing to import" })).toBeDisabled();
});
