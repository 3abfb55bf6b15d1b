import { expect, type Locator, type Page } from "@playwright/test";

/** Counts from now on what a pointer does in the page; answers how to read the count. */
export async function countPointing(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const counted = window as unknown as { pointed: number };
    counted.pointed = 0;
    for (const kind of ["pointerdown", "mousedown", "click", "touchstart", "wheel"]) {
      // A key press on a button makes a click without a pointer; its detail is 0.
      const note = (event: Event) => {
        if (!(event instanceof MouseEvent) || event.detail > 0) counted.pointed += 1;
      };
      addEventListener(kind, note, true);
    }
  });
  return () => page.evaluate(() => (window as unknown as { pointed: number }).pointed);
}

/**
 * Presses keys one after the other. A chord is written "g t": its keys follow each other as fast as a hand is, which
 * does not wait for a busy page to have seen the first one.
 */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await Promise.all(key.split(" ").map((part) => page.keyboard.press(part)));
}

const mostStops = 150;

/** Goes by Tab, or back by Shift and Tab, until the control has the focus. */
export async function tabTo(page: Page, control: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await control.waitFor();
  for (let stops = 0; stops < mostStops; stops++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never came to ${control}`);
}

/** Goes to a field by Tab and writes there instead of what it says. */
export async function write(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

/** Goes to a field with a list by Tab, opens it and takes an option of it by the arrows. */
export async function choose(page: Page, field: Locator, option: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ArrowDown");
  const list = page.getByRole("listbox").filter({ visible: true });
  await expect(list.getByRole("option", { name: option, exact: true })).toBeVisible();
  const marked = list.locator("[data-combobox-selected]");
  const count = await list.getByRole("option").count();
  for (let pressed = 0; pressed <= count; pressed++) {
    if ((await marked.count()) === 1 && (await marked.innerText()).trim() === option) break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(marked).toHaveText(option);
  await page.keyboard.press("Enter");
  await expect(list).toHaveCount(0);
}

/** Goes by Tab to a strip of tabs and on by the arrows to one of them. */
export async function chooseTab(
  page: Page,
  strip: string,
  tab: string,
  key: "Tab" | "Shift+Tab" = "Tab",
): Promise<void> {
  const tabs = page.getByRole("tablist", { name: strip });
  await tabTo(page, tabs.getByRole("tab", { selected: true }), key);
  const wanted = tabs.getByRole("tab", { name: tab });
  for (let pressed = 0; pressed < 8 && (await wanted.getAttribute("aria-selected")) !== "true"; pressed++) {
    await page.keyboard.press("ArrowRight");
  }
  await expect(wanted).toHaveAttribute("aria-selected", "true");
}
