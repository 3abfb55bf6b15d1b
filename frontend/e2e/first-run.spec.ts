import { expect, report, seconds, test } from "./support/fixtures.ts";

const decisions = "ul[data-decisions] > li";

test("a new Purser shows three ways to begin, and Enter starts the demo", async ({ page, open }) => {
  await open("empty");
  await expect(page.getByRole("heading", { name: "What needs my attention today?" })).toBeVisible();
  for (const door of ["Explore the demo shop", "Drop report files", "Connect Amazon"]) {
    await expect(page.getByRole("region", { name: door })).toBeVisible();
  }
  await expect(page.getByText("Nothing leaves this computer unless you send it.")).toBeVisible();

  const pressed = performance.now();
  await page.keyboard.press("Enter");
  await expect(page.locator(decisions).first()).toBeVisible({ timeout: 180_000 });
  report(`first insight ${seconds(pressed)} after Enter`);
  expect(page.url()).toContain("#/today");
  expect(await page.locator(decisions).count()).toBeGreaterThan(8);
  await expect(page.getByText("Demo shop, nothing is sent")).toBeVisible();
  // Amounts and days are written the same whatever language the computer speaks.
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator(decisions).filter({ hasText: "a day at stake" }).first()).toContainText(
    /[$€£]\d[\d,]*\.\d\d/,
  );
});

test("the demo can be stopped while it is made, and begun again", async ({ page, open }) => {
  await open("empty");
  await page.getByRole("button", { name: /Start the demo/ }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(page.locator("main [role=status]")).toContainText(/\d of [\d,]+/);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("The demo was cancelled.")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: /Start the demo/ }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
});

test("the connection door says which files to fetch meanwhile", async ({ page, open }) => {
  await open("empty");
  await page.getByRole("button", { name: /See how/ }).click();
  await expect(page.getByRole("heading", { name: "Connect Amazon" })).toBeVisible();
  await expect(page.getByText(/reads report files/)).toBeVisible();
  const reports = page.getByRole("table").getByRole("row");
  await expect(reports.first()).toBeVisible();
  expect(await reports.count()).toBeGreaterThan(10);
  await expect(page.getByRole("row", { name: /orders/i }).first()).toContainText(/Reports|Seller Central/);
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("region", { name: "Explore the demo shop" })).toBeVisible();
});
