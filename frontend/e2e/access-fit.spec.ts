import type { Page } from "@playwright/test";
import { clipped, lengthen, outOfReach, shorten, sideways } from "./support/fit.ts";
import { expect, test } from "./support/fixtures.ts";
import {
  dashboardPages,
  detailPages,
  type Place,
  todayPages,
  tracePages,
  visit,
  walkedPages,
} from "./support/pages.ts";
import { folderOf } from "./support/states.ts";

const [today] = todayPages();
const details = detailPages();
const machine = walkedPages("demo").filter(({ path }) => /^\/(rules|journal|audits|data|settings)/.test(path));
const places: Place[] = [
  ...(today ? [today] : []),
  ...dashboardPages(),
  ...details.slice(1, 2),
  ...tracePages(),
  ...machine,
];

// Many pages, one after the other.
test.setTimeout(480_000);

const each = (page: Page, look: (place: Place) => Promise<void>) => async () => {
  for (const place of places) {
    await test.step(place.name, async () => {
      await visit(page, place);
      await look(place);
    });
  }
};

test.describe("at 200 % zoom", () => {
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test("pages scroll only downwards, and every control can be come to", async ({ page, open }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open("demo", await folderOf("demo"));
    await each(page, async ({ name }) => {
      expect.soft(await sideways(page), `${name}: scrolls sideways`).toEqual([]);
      expect.soft(await outOfReach(page), `${name}: cannot be brought into sight`).toEqual([]);
    })();
  });
});

test("words as long as German ones clip no control", async ({ page, open }) => {
  await open("demo", await folderOf("demo"));
  await each(page, async ({ name }) => {
    await lengthen(page);
    expect.soft(await clipped(page), `${name}: clipped`).toEqual([]);
    expect.soft(await sideways(page), `${name}: scrolls sideways`).toEqual([]);
    await shorten(page);
  })();
});

test("nothing moves when the system asks for less motion", async ({ page, open }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open("demo", await folderOf("demo"));
  await each(page, async ({ name }) => {
    expect.soft(await moving(page), `${name}: moves`).toEqual([]);
  })();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await moving(page), "search").toEqual([]);
});

/** What runs, or would run at the next change, for longer than a thousandth of a second. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const instantMs = 1;
    const running = document
      .getAnimations()
      .filter(
        (motion) => motion.playState === "running" && Number(motion.effect?.getComputedTiming().endTime) > instantMs,
      )
      .map((motion) => `runs: ${(motion.effect as KeyframeEffect).target?.className ?? ""}`);
    const ms = (text: string) =>
      Math.max(...text.split(",").map((part) => Number.parseFloat(part) * (part.trim().endsWith("ms") ? 1 : 1000)));
    const waiting = [...document.querySelectorAll("*")].flatMap((element) => {
      const style = getComputedStyle(element);
      const long = ms(style.transitionDuration) > instantMs || ms(style.animationDuration) > instantMs;
      return long ? [`would move: ${element.tagName} ${element.getAttribute("class")}`] : [];
    });
    return [...new Set([...running, ...waiting])];
  });
}
