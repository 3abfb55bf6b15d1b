import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { bound, expect, goTo, settled, test } from "./support/fixtures.ts";
import { everyPage, modules } from "./support/pages.ts";
import { newDataDir, type Seller } from "./support/server.ts";
import { breakReviews } from "./support/trouble.ts";

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** Playwright runs in frontend/; a folder that is not absolute is meant from where make was called. */
const folder = process.env.PURSER_SHOTS ?? "shots";

for (const state of ["demo", "empty", "failed"] as const) {
  test(`@shots ${state}`, async ({ page, open }) => {
    mkdirSync(folder, { recursive: true });
    const seller: Seller = state === "empty" ? "empty" : "demo";
    const dir = newDataDir(seller);
    if (state === "failed") breakReviews(dir);
    await open(seller, dir);
    const places =
      state === "failed"
        ? [
            { name: "today", path: "/today", heading: "Today" },
            { name: "reviews", path: "/m/reviews", heading: modules.reviews },
          ]
        : everyPage(seller);
    for (const theme of ["light", "dark"] as const) {
      await bound(page, "app.API.SetDisplay", { theme, density: "default", single_keys: true, hide_amounts: false });
      await page.reload();
      await settled(page);
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", theme);
      for (const { name, path, heading, prepare } of places as ReturnType<typeof everyPage>) {
        await goTo(page, path, heading);
        await prepare?.(page);
        await settled(page);
        for (const size of sizes) {
          await page.setViewportSize(size);
          await settled(page);
          const file = `${state}-${name.replace(/\W+/g, "-")}-${theme}-${size.width}.png`;
          await page.screenshot({ path: join(folder, file), animations: "disabled" });
        }
      }
    }
  });
}
