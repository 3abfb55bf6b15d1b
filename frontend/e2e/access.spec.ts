import type { Page } from "@playwright/test";
import { violations } from "./support/axe.ts";
import { bound, expect, goTo, settled, test } from "./support/fixtures.ts";
import {
  dashboardPages,
  dashboards,
  detailPages,
  everyPage,
  factPages,
  type Place,
  todayPages,
  tracePages,
  visit,
} from "./support/pages.ts";
import { answerNothing, folderOf, type State, sellerOf } from "./support/states.ts";

const detailed = new Set([...detailPages(), ...tracePages()].map(({ name }) => name));

/** The pages as they open, where nothing is there to be done; what their headings say then depends on the trouble. */
const bare = (...places: readonly Place[][]) =>
  places.flat().map(({ name, path }): Place => ({ name, path, heading: "" }));

/** Which pages are looked at in which state; the long list in two parts, so that they share the work. */
const matrix: { state: State; part?: string; places: Place[] }[] = [
  { state: "demo", part: "details", places: everyPage("demo").filter(({ name }) => detailed.has(name)) },
  { state: "demo", places: everyPage("demo").filter(({ name }) => !detailed.has(name)) },
  { state: "empty", places: everyPage("empty") },
  { state: "stale", places: bare(todayPages().slice(0, 1), dashboardPages(), factPages(false)) },
  { state: "failed", places: bare(todayPages().slice(0, 1), dashboardPages(), factPages(false)) },
  { state: "error", places: bare(todayPages().slice(0, 1), dashboardPages(), tracePages()) },
];

const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

for (const { state, part, places } of matrix) {
  for (const theme of themes) {
    test(`axe: ${[state, part, theme].filter(Boolean).join(", ")}`, async ({ page, open, watch }) => {
      test.setTimeout(600_000);
      await begin(page, theme);
      await open(sellerOf[state], await folderOf(state));
      await wear(page, theme);
      if (state === "error") await answerNothing(page, watch);
      for (const place of places) {
        await test.step(place.name, async () => {
          await visit(page, place);
          await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", theme);
          expect.soft(await violations(page), `${place.name}, ${state}, ${theme}`).toEqual([]);
        });
      }
    });
  }
}

/** What opens over a page: where, how, and what is then there. */
const overlays: { name: string; path: string; open: (page: Page) => Promise<void>; role: "dialog" | "menu" }[] = [
  { name: "search", path: "/today", open: (page) => page.keyboard.press("Control+k"), role: "dialog" },
  { name: "shortcuts", path: "/today", open: (page) => page.keyboard.press("?"), role: "dialog" },
  { name: "snooze", path: "/today", open: (page) => page.keyboard.press("s"), role: "menu" },
  { name: "dismiss", path: "/today", open: (page) => page.keyboard.press("d"), role: "menu" },
  { name: "menu", path: "/sales", open: (page) => page.keyboard.press("F10"), role: "menu" },
  { name: "definition", path: "/sales", open: firstNumber, role: "dialog" },
  { name: "columns", path: "/sales", open: press("Columns"), role: "dialog" },
  { name: "filter", path: "/sales", open: press("Add filter"), role: "dialog" },
  { name: "other days", path: "/sales", open: press(/^Days: /), role: "dialog" },
  { name: "comparison", path: "/sales", open: press(/^Compared with: /), role: "menu" },
  { name: "marketplaces", path: "/sales", open: press(/^Marketplaces: /), role: "menu" },
  { name: "groups", path: "/sales", open: press(/^Grouped by: /), role: "menu" },
  { name: "views", path: "/sales", open: (page) => page.keyboard.press("v"), role: "dialog" },
  { name: "export", path: "/sales", open: press(/^Export/), role: "menu" },
  { name: "a chart", path: "/sales", open: press(/^More for /), role: "menu" },
  { name: "actions of a row", path: "/sales", open: rowActions, role: "menu" },
];

for (const theme of themes) {
  test(`axe: what opens over pages, ${theme}`, async ({ page, open }) => {
    await begin(page, theme);
    await open("demo");
    await wear(page, theme);
    for (const { name, path, open: show, role } of overlays) {
      await test.step(name, async () => {
        await goTo(page, path, path === "/today" ? "Today" : dashboards["/sales"]);
        const there = path === "/today" ? page.locator('[data-cursor="true"]') : page.locator("main tbody tr").first();
        await expect(there).toHaveCount(1);
        await show(page);
        const shown = page.getByRole(role);
        await expect(shown.first()).toBeVisible();
        await settled(page);
        expect.soft(await violations(page), name).toEqual([]);
        await page.keyboard.press("Escape");
        await expect(shown, `${name} closes with Esc`).toHaveCount(0);
      });
    }
  });
}

test("the units of a decision can be edited by an accessible field", async ({ page, open }) => {
  await open("demo");
  await expect(page.locator('[data-cursor="true"]')).toHaveCount(1);
  await page.keyboard.press("e");
  await expect(page.getByRole("textbox", { name: "Units" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("the system's dark colours are followed when nothing is set", async ({ page, open }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open("empty");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
});

/** The system asks for the other theme: what is set must win. */
async function begin(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme === "dark" ? "light" : "dark", reducedMotion: "reduce" });
}

async function wear(page: Page, theme: Theme): Promise<void> {
  await bound(page, "app.API.SetDisplay", { theme, density: "default", single_keys: true, hide_amounts: false });
  await page.reload();
  await settled(page);
}

function press(name: string | RegExp) {
  return (page: Page) => page.locator("main").getByRole("button", { name }).first().click();
}

async function firstNumber(page: Page): Promise<void> {
  await page.getByRole("list", { name: "Primary numbers" }).getByRole("button").first().click();
}

async function rowActions(page: Page): Promise<void> {
  await page.keyboard.press("j");
  await page.keyboard.press(".");
}
