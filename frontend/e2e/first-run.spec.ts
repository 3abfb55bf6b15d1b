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

test("the door of files says which ones there are and where", async ({ page, open }) => {
  await open("empty");
  await page.getByRole("link", { name: /Which reports/ }).click();
  await expect(page.getByRole("heading", { name: "Report files" })).toBeVisible();
  await expect(page.getByText(/One file is enough to begin/)).toBeVisible();
  const reports = page.getByRole("table").getByRole("row");
  await expect(reports.first()).toBeVisible();
  expect(await reports.count()).toBeGreaterThan(10);
  await expect(page.getByRole("row", { name: /orders/i }).first()).toContainText(/Reports|Seller Central/);
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("region", { name: "Explore the demo shop" })).toBeVisible();
});

test("the connection door leads to the vault, the first step", async ({ page, open }) => {
  await open("empty");
  await page.getByRole("region", { name: "Connect Amazon" }).getByRole("button").click();
  await expect(page.getByRole("heading", { name: "Connect Amazon" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Where secrets are kept" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Make the vault" })).toBeVisible();
});
