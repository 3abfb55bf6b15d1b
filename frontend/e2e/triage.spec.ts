import type { Page } from "@playwright/test";
import { bound, expect, goTo, report, seconds, settled, test } from "./support/fixtures.ts";

const rows = 'ul[data-decisions][aria-label="Decisions"] > li';
const cursor = `${rows}[data-cursor="true"]`;

type Item = {
  id: string;
  title: string;
  state: string;
  members: unknown[];
  action: { units: number; proposed_units: number };
};
type Inbox = { tabs: { name: string; count: number }[]; items: Item[] };

const inbox = (page: Page, tab: string) => bound<Inbox>(page, "decisions.API.Inbox", { tab, marketplace: "" });

test("five decisions are taken by keyboard alone, and Z takes the last one back", async ({ page, open }) => {
  await page.addInitScript(() => {
    const counted = window as unknown as { pointed: number };
    counted.pointed = 0;
    for (const kind of ["pointerdown", "mousedown", "click", "touchstart", "wheel"]) {
      // A key press on a button makes a click without a pointer; its detail is 0.
      addEventListener(
        kind,
        (event) => {
          if (!(event instanceof MouseEvent) || event.detail > 0) counted.pointed += 1;
        },
        true,
      );
    }
  });
  await open("demo");
  await settled(page);
  await expect(page.locator(cursor)).toHaveCount(1);
  const before = await inbox(page, "needs");
  const five = before.items.slice(0, 5);
  expect(five).toHaveLength(5);
  const at = five.findIndex((item) => item.action.units > 0 && item.members.length === 0);
  expect(at, "one of the first five is an order whose units can be changed").toBeGreaterThanOrEqual(0);

  let keys = 0;
  const began = performance.now();
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const onTop = (index: number) => expect(page.locator(rows).nth(index)).toHaveAttribute("data-cursor", "true");

  await test.step("J and K move", async () => {
    await onTop(0);
    await press("j");
    await onTop(1);
    await press("j");
    await onTop(2);
    await press("k");
    await press("k");
    await onTop(0);
  });

  const details = page.getByRole("complementary", { name: "Decision details" });
  await test.step("W shows the full trace and hides it again", async () => {
    await expect(details.getByRole("button", { name: /The full trace/ })).toBeVisible();
    await press("w");
    await expect(details.getByRole("heading", { name: /: decided$/ })).toBeVisible();
    await expect(details.locator("code").first()).toBeVisible();
    await press("w");
    await expect(details.getByRole("heading", { name: /: decided$/ })).toBeHidden();
  });

  /** Several together are looked at line by line first. */
  const together = async (item: Item) => {
    if (item.members.length === 0) return;
    await expect(page.getByRole("dialog", { name: /^Approve these \d+ together\?/ })).toBeVisible();
    await press("Control+Enter");
  };
  /** What comes after the letter. */
  const follow = async (how: string, item: Item) => {
    if (how === "a") await together(item);
    if (how === "e") {
      await expect(page.getByRole("textbox", { name: "Units" })).toBeFocused();
      for (const digit of "321") await press(digit);
      await press("Control+Enter");
    } else if (how === "s" || how === "d") {
      await expect(page.getByRole("menu", { name: how === "s" ? "Snooze" : "Dismiss" })).toBeVisible();
      await press(how === "s" ? "1" : "2");
    }
  };
  const taken: { title: string; how: string }[] = [];
  const others = ["a", "s", "d", "a"];
  for (const [index, item] of five.entries()) {
    const how = index === at ? "e" : (others.shift() ?? "a");
    await test.step(`${how}: ${item.title}`, async () => {
      await expect(details.getByRole("heading", { level: 2 })).toHaveText(item.title);
      await press(how);
      await follow(how, item);
      await expect(page.locator(rows).filter({ hasText: item.title })).toHaveCount(0);
    });
    taken.push({ title: item.title, how });
  }
  report(`5 decisions in ${keys} keys and ${seconds(began)}`);

  const last = five[4];
  await test.step("Z takes the last one back", async () => {
    await expect(page.getByRole("button", { name: /^Undo: / })).toBeVisible();
    await press("z");
    // What was pressed is told one after the other; this comes last.
    await expect(page.getByRole("contentinfo").getByRole("status")).toContainText("Taken back");
    await settled(page);
    await expect(page.locator(rows).filter({ hasText: last?.title ?? "" })).toHaveCount(1);
    taken.pop();
  });

  await test.step("after a reload everything is where it was put", async () => {
    await page.reload();
    await settled(page);
    await expect(page.locator(cursor)).toHaveCount(1);
    const needs = await inbox(page, "needs");
    const gone = await Promise.all(["waiting", "done"].map((tab) => inbox(page, tab)));
    const kept = gone.flatMap((one) => one.items.flatMap((item) => [item, ...(item.members as Item[])]));
    expect(needs.items.map((item) => item.title)).toContain(last?.title);
    for (const { title, how } of taken) {
      expect(needs.items.map((item) => item.title)).not.toContain(title);
      const state = kept.find((item) => item.title === title)?.state;
      expect(state, title).toBe({ a: "approved", e: "approved", s: "snoozed", d: "rejected" }[how]);
    }
    const edited = kept.find((item) => item.title === five[at]?.title);
    expect(edited?.action.units).toBe(321);
    expect(edited?.action.proposed_units).toBe(five[at]?.action.proposed_units);
  });
  expect(await page.evaluate(() => (window as unknown as { pointed: number }).pointed)).toBe(0);
});

test("what was approved waits with its steps and its line in the order", async ({ page, open }) => {
  await open("demo");
  await settled(page);
  const item = (await inbox(page, "needs")).items.find((one) => one.action.units > 0 && one.members.length === 0);
  expect(item).toBeDefined();
  await page.locator(rows).filter({ hasText: item?.title }).first().locator("[data-title]").click();
  await page.keyboard.press("a");
  await expect(page.locator(rows).filter({ hasText: item?.title })).toHaveCount(0);
  await goTo(page, "/today?tab=waiting");
  const draft = page.getByRole("region", { name: "Restock draft" });
  await expect(draft.getByRole("row").filter({ hasText: String(item?.action.units) })).toHaveCount(1);
});

test("the menus answer a quick hand", async ({ page, open }) => {
  await open("demo");
  await settled(page);
  await expect(page.locator(cursor)).toHaveCount(1);
  const title = await page.locator(`${cursor} [data-title]`).innerText();
  // No pause between the letter and the number.
  await page.keyboard.press("s");
  await page.keyboard.press("1");
  await expect(page.locator(rows).filter({ hasText: title })).toHaveCount(0);
  await expect(page.getByRole("contentinfo").getByRole("status")).toContainText("Snoozed until tomorrow");
});

test("letters stay letters in a field, and single keys can be switched off", async ({ page, open }) => {
  await open("demo");
  await settled(page);
  const count = (await inbox(page, "needs")).items.length;
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("textbox", { name: "Search or run" })).toBeFocused();
  await page.keyboard.type("asdz");
  await page.keyboard.press("Escape");
  expect((await inbox(page, "needs")).items).toHaveLength(count);

  await bound(page, "app.API.SetDisplay", {
    theme: "system",
    density: "default",
    single_keys: false,
    hide_amounts: false,
  });
  await page.reload();
  await settled(page);
  await expect(page.locator(cursor)).toHaveCount(1);
  for (const key of ["a", "s", "d", "z"]) await page.keyboard.press(key);
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(rows).nth(1)).toHaveAttribute("data-cursor", "true");
  expect((await inbox(page, "needs")).items).toHaveLength(count);
});
