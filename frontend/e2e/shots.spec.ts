import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { bound, expect, settled, test } from "./support/fixtures.ts";
import { dashboardPages, everyPage, factPages, type Place, todayPages, visit } from "./support/pages.ts";
import { answerNothing, folderOf, type State, sellerOf } from "./support/states.ts";

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

/** Playwright runs in frontend/; a folder that is not absolute is meant from where make was called. */
const folder = process.env.PURSER_SHOTS ?? "shots";

/** The pages of a state; what their headings say in trouble depends on it. */
function placesOf(state: State): Place[] {
  if (state === "demo" || state === "empty") return everyPage(state);
  const troubled = [...todayPages().slice(0, 1), ...dashboardPages(), ...factPages(false).slice(-1)];
  return troubled.map(({ name, path }) => ({ name, path, heading: "" }));
}

for (const state of ["demo", "files", "stale", "empty", "failed", "error"] as const) {
  test(`@shots ${state}`, async ({ page, open, watch }) => {
    test.setTimeout(900_000);
    mkdirSync(folder, { recursive: true });
    await open(sellerOf[state], await folderOf(state));
    for (const theme of ["light", "dark"] as const) {
      await bound(page, "app.API.SetDisplay", { theme, density: "default", single_keys: true, hide_amounts: false });
      await page.unrouteAll();
      await page.reload();
      await settled(page);
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", theme);
      if (state === "error") await answerNothing(page, watch);
      for (const place of placesOf(state)) {
        await visit(page, place);
        for (const size of sizes) {
          await page.setViewportSize(size);
          await settled(page);
          const file = `${state}-${place.name.replace(/\W+/g, "-")}-${theme}-${size.width}.png`;
          await page.screenshot({ path: join(folder, file), animations: "disabled" });
        }
      }
    }
  });
}
