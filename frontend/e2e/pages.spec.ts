import type { Page } from "@playwright/test";
import { violations } from "./support/axe.ts";
import { bound, expect, goTo, settled, test } from "./support/fixtures.ts";
import { everyPage, walkedPages } from "./support/pages.ts";
import type { Seller } from "./support/server.ts";
import { tabWalk } from "./support/tab-walk.ts";

// Many pages, one after the other.
test.setTimeout(480_000);

/** Empty pages are made of the parts of full ones: in the dark, and by Tab, make gate looks at them. */
const gate = process.env.PURSER_GATE !== undefined;

for (const seller of ["demo", "empty"] satisfies Seller[]) {
  const all = gate || seller === "demo";
  for (const theme of all ? (["light", "dark"] as const) : (["light"] as const)) {
    test(`every page is accessible: ${seller}, ${theme}`, async ({ page, open }) => {
      // One of the two is told by the system, the other by the setting.
      await page.emulateMedia({ colorScheme: theme === "dark" ? "light" : "dark", reducedMotion: "reduce" });
      await open(seller);
      await bound(page, "app.API.SetDisplay", { theme, density: "default", single_keys: true, hide_amounts: false });
      await page.reload();
      await settled(page);
      // Pages of a kind have the same colours: one of them is looked at in the dark.
      for (const { name, path, heading, prepare } of theme === "dark" ? walkedPages(seller) : everyPage(seller)) {
        await test.step(name, async () => {
          await goTo(page, path, heading);
          await prepare?.(page);
          await settled(page);
          await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", theme);
          expect.soft(await violations(page, theme === "dark"), `${name}, ${seller}, ${theme}`).toEqual([]);
        });
      }
    });
  }

  if (!all) continue;
  test(`every page can be walked by Tab without a trap: ${seller}`, async ({ page, open }) => {
    await open(seller);
    // With nothing open beside it a page is walked once.
    const places = new Map(walkedPages(seller).map((place) => [place.path, place]));
    for (const { name, path, heading } of places.values()) {
      await test.step(name, async () => {
        await goTo(page, path, heading);
        const walk = await tabWalk(page);
        expect.soft(walk.covered, `${name}: focus on something that cannot be seen`).toEqual([]);
        expect.soft(walk.unmarked, `${name}: focus that leaves no mark`).toEqual([]);
        expect.soft(walk.whole, `${name}: the walk comes round`).toBe(true);
      });
    }
  });
}

test("the system's dark colours are followed when nothing is set", async ({ page, open }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open("empty");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
});

test("overlays are accessible: search, shortcuts, menus and the units field", async ({ page, open }) => {
  await open("demo");
  await settled(page);
  await expect(page.locator('[data-cursor="true"]')).toHaveCount(1);
  const overlays: [string, string[], () => ReturnType<Page["locator"]>][] = [
    ["search", ["Control+k"], () => page.getByRole("dialog")],
    ["shortcuts", ["?"], () => page.getByRole("dialog")],
    ["snooze menu", ["s"], () => page.getByRole("menu")],
    ["dismiss menu", ["d"], () => page.getByRole("menu")],
    ["units", ["e"], () => page.getByRole("textbox", { name: "Units" })],
  ];
  for (const [name, keys, shown] of overlays) {
    await test.step(name, async () => {
      for (const key of keys) await page.keyboard.press(key);
      await expect(shown().first()).toBeVisible();
      expect.soft(await violations(page), name).toEqual([]);
      await page.keyboard.press("Escape");
      await expect(shown()).toHaveCount(0);
    });
  }
});
