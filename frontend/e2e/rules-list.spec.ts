import type { Page } from "@playwright/test";
import { expect, goTo, settled, test } from "./support/fixtures.ts";
import { askPolicies, askText, goToStudio, paste, save, simple, studioOf } from "./support/rules.ts";

const details = (page: Page) => page.getByRole("complementary", { name: "Rule details" });
const standing = async (page: Page, name: string) => (await askPolicies(page)).find((one) => one.name === name);
const said = (page: Page) => page.getByRole("contentinfo").getByRole("status");

test("a rule is switched off, which takes its decisions away, and on again", async ({ page, open }) => {
  await open("demo");
  const before = await standing(page, "default");
  expect(before?.matches).toBeGreaterThan(0);
  await goTo(page, "/rules?policy=default", "Rules");
  await page.keyboard.press("Space");
  await expect(said(page)).toContainText("Default policy switched off");
  await expect(details(page).getByRole("button", { name: "Switch on" })).toBeVisible();
  await settled(page);
  await goTo(page, "/today", "Today");
  await expect(page.locator("ul[data-decisions]")).not.toContainText("Steel flask 750 ml sells out");
  await goTo(page, "/rules?tab=templates&q=default", "Rules");
  await page.getByRole("switch", { name: "Default policy, on" }).press("Space");
  await expect(said(page)).toContainText("Default policy switched on");
  await expect.poll(async () => (await standing(page, "default"))?.matches).toBe(before?.matches);
});

test("rules are exported as text, and a text is imported or refused at its fault", async ({ page, open }) => {
  await open("demo");
  await goTo(page, "/rules?policy=default", "Rules");
  const rows = page.locator("main tbody tr");
  await rows.filter({ hasText: "Default policy" }).focus();
  await page.keyboard.press("x");
  await page.getByRole("region", { name: "Selected rules" }).getByRole("button", { name: "Export" }).press("Enter");
  const out = page.getByRole("textbox", { name: "The rules as text" });
  await expect(out).toHaveValue(/^name: default$/m);
  expect(await out.inputValue()).toBe(await askText(page, "default"));
  await page.keyboard.press("Escape");
  await expect(out).toHaveCount(0);

  const dialog = page.getByRole("dialog", { name: "Import rules" });
  await page.getByRole("button", { name: "Import", exact: true }).press("Enter");
  const field = dialog.getByRole("textbox", { name: "Rules as text" });
  const good = simple("low_cover", "inventory.cover_days < 20.0");
  await field.fill(`${good}---\n${simple("faulty", "inventory.cover_dayz < 20.0")}`);
  await dialog.getByRole("button", { name: "Import", exact: true }).press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("Nothing was imported.");
  await expect(dialog.getByRole("alert")).toContainText(/case case_1, when.*inventory\.cover_dayz/s);
  expect(await standing(page, "low_cover")).toBeUndefined();

  await field.fill(good);
  await dialog.getByRole("button", { name: "Import", exact: true }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(rows.filter({ hasText: "Rule low_cover" })).toContainText("yours");
  // The facts are judged anew after the rule was taken in.
  await expect.poll(async () => (await standing(page, "low_cover"))?.matches).toBeGreaterThan(0);
});

test("a subject is taken out of a rule and put back", async ({ page, open }) => {
  await open("demo");
  const before = (await standing(page, "default"))?.matches ?? 0;
  await goToStudio(page, { policy: "default", tab: "exceptions" });
  const { side } = studioOf(page);
  await expect(side.getByText("No exceptions: every subject is judged.")).toBeVisible();
  await side.getByRole("textbox", { name: "Subject" }).fill("US/SKU-104");
  await side.getByRole("textbox", { name: "Reason" }).fill("Is being phased out");
  await side.getByRole("button", { name: "Take it out" }).press("Enter");
  const line = side.getByRole("list", { name: "Exceptions" }).getByRole("listitem");
  await expect(line).toContainText("Steel flask 750 ml");
  await expect(line).toContainText("all cases · for good · Is being phased out");
  expect((await standing(page, "default"))?.matches).toBe(before - 1);
  await line.getByRole("button", { name: /^Remove the exception/ }).press("Enter");
  await expect(line).toHaveCount(0);
  expect((await standing(page, "default"))?.matches).toBe(before);
});

test("an earlier version is seen beside the one in force, and returned to", async ({ page, open }) => {
  await open("demo");
  const studio = studioOf(page);
  await goToStudio(page, { view: "yaml" });
  await paste(page, studio.yaml, simple("low_cover", "inventory.cover_days < 20.0"));
  await save(page);
  await studio.yaml.focus();
  await paste(page, studio.yaml, simple("low_cover", "inventory.cover_days < 25.0"));
  await page.getByRole("textbox", { name: "Why, for the list of versions" }).fill("Earlier");
  await save(page);
  await goToStudio(page, { policy: "low_cover", view: "yaml", tab: "versions" });
  const versions = studio.side.getByRole("list", { name: "Versions" }).getByRole("listitem");
  await expect(versions.first()).toContainText("Version 2 · in force");
  await expect(versions.first()).toContainText("Earlier");
  const from = studio.side.getByRole("combobox", { name: "From" });
  await from.press("ArrowDown");
  await page.getByRole("option", { name: "Version 1" }).click();
  const changed = studio.side.getByRole("list", { name: "Lines that changed" });
  await expect(changed).toContainText(/Removed: .*inventory\.cover_days < 20\.0/);
  await expect(changed).toContainText(/Added: .*inventory\.cover_days < 25\.0/);
  await studio.side.getByRole("button", { name: "Return to version 1" }).press("Enter");
  await expect(said(page)).toContainText("Version 1 is in force again, as version 3");
  expect(await askText(page, "low_cover")).toContain("inventory.cover_days < 20.0");
});

test("the slider of a figure tells how many match at each value", async ({ page, open }) => {
  await open("demo");
  await goToStudio(page, { policy: "default" });
  const { side } = studioOf(page);
  const card = page.getByRole("region", { name: "Figure Safety days", exact: true });
  const matches = side.getByRole("list", { name: "Counts" }).getByRole("listitem").first();
  await expect(matches).toContainText("match now");
  const before = await matches.innerText();
  await card.getByRole("slider").focus();
  const curve = card.getByText(/^At .*: \d+ match now, about/);
  // The matches at each value, and how often it would have fired, are looked for over past days.
  await expect(curve).toContainText("At 7 days", { timeout: 60_000 });
  await page.keyboard.press("End");
  await expect(curve).toContainText("At 120 days");
  await expect(matches).not.toHaveText(before);
  expect(Number.parseInt(await matches.innerText(), 10)).toBeGreaterThan(Number.parseInt(before, 10));
});
