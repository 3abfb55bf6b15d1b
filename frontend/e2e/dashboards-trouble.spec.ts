import type { Page } from "@playwright/test";
import { askChecks, goToTable, rowNamed, shared } from "./support/dashboards.ts";
import { bound, expect, goTo, settled, test } from "./support/fixtures.ts";
import { newDataDir } from "./support/server.ts";
import { breakReviews } from "./support/trouble.ts";

test.describe("a module that does not start", () => {
  shared("demo", async () => {
    const dir = newDataDir("demo");
    breakReviews(dir);
    return dir;
  });

  const why = "newer Purser";

  test("its page says why, and its morning check that it is not known", async ({ page, watch }) => {
    const feedback = (await askChecks(page)).find(({ key }) => key === "feedback");
    expect(feedback).toMatchObject({ value: "?", state: "unknown" });
    const check = page.getByRole("list", { name: "Morning checks" }).getByRole("link", { name: /^Feedback/ });
    await expect(check).toContainText("not known");
    await expect(check).toContainText("Reviews and returns is not running");
    await expect(page.getByRole("list", { name: "Morning checks" }).getByText("not known")).toHaveCount(1);

    await page.keyboard.press("-");
    await expect(page.getByRole("heading", { level: 1, name: "Reviews", exact: true })).toBeVisible();
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("No figures of reviews can be shown");
    await expect(alert).toContainText(why);
    await expect(page.getByRole("main").getByRole("table")).toHaveCount(0);
    watch.expected.push(/modulehost\.API\.Retry.*failed again/);
    await alert.getByRole("button", { name: "Retry" }).click();
    await expect(alert).toContainText("failed again");
  });

  test("its columns on other pages are not known, and say why", async ({ page, watch }) => {
    watch.expected.push(/dashboards\.API\.Rows.*unavailable/s);
    await goToTable(page, "/sales?cols=sales.units,reviews.negative_count_90d&charts=none", "Sales & profit");
    await expect(page.getByRole("alert")).toHaveCount(0);
    const row = page.locator("main tbody").getByRole("row").first();
    await expect(row.getByRole("cell").nth(1)).toHaveText(/\d/);
    await expect(row.getByRole("cell").nth(2)).toHaveText(/missing\s*\?$/);
    const total = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Total", exact: true }) });
    await expect(total).not.toHaveText(/\b0\b/);

    await row.getByRole("cell").nth(2).getByRole("button").click();
    const drawer = page.getByRole("dialog", { name: "Where this number comes from" });
    await expect(drawer).toContainText("Negative 90 d");
    await expect(drawer).toContainText("Reviews and returns is not running");
    await expect(drawer).toContainText(why);
    await page.keyboard.press("Escape");

    await goTo(page, "/sku/US%2FSKU-104");
    await expect(page.getByRole("region", { name: "Day by day" }).getByRole("slider").first()).toBeVisible();
    await expect(page.getByRole("region", { name: "Day by day" })).toContainText("Returned units, Negative feedback");
  });
});

test.describe("hidden amounts", () => {
  shared("demo");

  const amount = /[$€£¥]\s?\d|\d\s?[$€£¥]/;

  test("no page names an amount, whatever is opened on it", async ({ page }) => {
    const settings = { theme: "system", density: "default", single_keys: true };
    await bound(page, "app.API.SetDisplay", { ...settings, hide_amounts: false });
    await goToTable(page, "/sales", "Sales & profit");
    expect(await amounts(page), "there are amounts to hide").not.toEqual([]);
    await page.keyboard.press("Control+Shift+H");
    await expect(page.getByText("amount hidden").first()).toBeAttached();

    for (const path of ["/today", "/sales?charts=all", "/sales?table=sales.orders", "/ads?charts=all&table=terms"]) {
      await look(page, path);
    }
    for (const path of ["/inventory", "/health", "/listings", "/reviews"]) await look(page, `${path}?charts=all`);
    for (const path of ["/sku/US%2FSKU-104", "/rows?name=sales.profit", "/rows?name=sales.sales&subject=US"]) {
      await look(page, path);
    }

    await test.step("what opens over a page", async () => {
      await goToTable(page, "/sales", "Sales & profit");
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("complementary", { name: /^Details of/ })).toBeVisible();
      await settled(page);
      expect.soft(await amounts(page), "details").toEqual([]);
      const value = page.getByRole("dialog").getByRole("list", { name: "Value" });
      const profit = page.getByRole("list", { name: "Primary numbers" }).getByRole("button", { name: /^Profit/ });
      for (const [name, open] of [
        ["definition of a row", () => page.keyboard.press("d")],
        ["definition of a total of two currencies", () => profit.press("Enter")],
      ] as const) {
        await open();
        await expect(value).toBeVisible();
        await settled(page);
        expect.soft(await amounts(page), name).toEqual([]);
        await page.keyboard.press("Escape");
        await expect(value).toHaveCount(0);
      }
      await page.keyboard.press("Control+Shift+H");
      await expect(rowNamed(page, "SKU-104").first()).toContainText("$");
    });

    async function look(page: Page, path: string) {
      await test.step(path, async () => {
        await goTo(page, path);
        await expect(page.getByRole("main")).not.toContainText(/^Reading/);
        expect.soft(await amounts(page), path).toEqual([]);
      });
    }
  });

  /** What of the page names an amount: texts, and what is read out or shown as a tip. */
  async function amounts(page: Page): Promise<string[]> {
    const texts = await page.evaluate(() => {
      const said: string[] = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (node instanceof Element) {
          for (const name of ["aria-label", "aria-valuetext", "title", "placeholder"]) {
            said.push(node.getAttribute(name) ?? "");
          }
        } else if (!node.parentElement?.closest("script, style")) said.push(node.textContent ?? "");
      }
      return said;
    });
    return texts.filter((text) => amount.test(text));
  }
});
