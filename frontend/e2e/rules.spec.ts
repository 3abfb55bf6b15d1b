import { accessible } from "./support/axe.ts";
import { expect, settled, test } from "./support/fixtures.ts";
import { choose, chooseTab, countPointing, press, tabTo, write } from "./support/keyboard.ts";
import { askText, runsOutFields as fields, runsOut, runsOutWhen, sense, studioOf } from "./support/rules.ts";

const decisions = 'ul[data-decisions][aria-label="Decisions"] > li';

test("a rule is written, tried, saved, asked why and why not, approved and taken back, by keyboard alone", async ({
  page,
  open,
}) => {
  const pointed = await countPointing(page);
  await open("demo");
  await settled(page);
  const studio = studioOf(page);
  const listed = (name: string) => studio.side.getByRole("list", { name }).getByRole("listitem");

  await test.step("G and U lead to the rules, N to a new one", async () => {
    await press(page, "g u");
    await expect(page.getByRole("heading", { level: 1, name: "Rules" })).toBeVisible();
    await press(page, "n");
    await expect(studio.standing).toHaveText("New");
    await write(page, studio.title, fields.title);
    await write(page, studio.name, "runs_out");
  });

  await test.step("a rule takes settled data only, unless it is told otherwise", async () => {
    await tabTo(page, studio.more);
    await press(page, "Enter");
    await expect(studio.accepts).toBeVisible();
    await expect(
      studio.accepts.locator("xpath=ancestor::*[contains(@class, 'MultiSelect-root')][1]"),
    ).not.toContainText(/settling|stale/);
    await press(page, "Enter");
  });

  await test.step("a condition is put together, and who nearly matches is seen at once", async () => {
    await tabTo(page, studio.addCondition);
    await press(page, "Enter");
    await expect(studio.left).toBeFocused();
    await page.keyboard.type("inventory.cover_days");
    await press(page, "ArrowDown", "Enter");
    await expect(studio.left).toHaveValue("Cover");
    await choose(page, studio.kind, "formula");
    await write(page, studio.right, "double(inventory.lead_time_days) - 4.0");
    await expect(listed("Near misses")).toHaveCount(1);
    await expect(listed("Near misses")).toContainText("Cover 27.0 days, below 26.0 days wanted");
    await write(page, studio.right, runsOutWhen.split(" < ")[1] ?? "");
    await expect(listed("Matches now")).toHaveCount(3);
  });

  await test.step("for how long, what then, what is at stake, how much to order", async () => {
    await write(page, studio.hold, fields.hold);
    await write(page, studio.cooldown, fields.cooldown);
    await expect(studio.severity).toHaveValue("Warning");
    await choose(page, studio.leadsTo, fields.leadsTo);
    await write(page, studio.button, fields.button);
    await write(page, studio.says, fields.says);
    await tabTo(page, studio.moreOfCase);
    await press(page, "Enter");
    await write(page, studio.money, fields.money);
    await write(page, studio.units, fields.units);
    await expect(listed("Matches now").filter({ hasText: "Steel flask 750 ml runs out before restock" })).toBeVisible();
    await accessible(page, "the builder");
  });

  await test.step("the days behind say what it would have done", async () => {
    await chooseTab(page, "What the policy does", "Backtest");
    await expect(studio.side.getByText(/a week: it would have fired \d+ times on \d+ subjects/)).toBeVisible();
    await expect(studio.side).toContainText("Default policy");
    await accessible(page, "the backtest");
  });

  await test.step("Ctrl and S save it as what its fields say", async () => {
    await press(page, "Control+s");
    await expect(studio.standing).toHaveText("Saved");
    expect(sense(await askText(page, "runs_out"))).toBe(sense(runsOut("runs_out")));
  });

  await test.step("it is watched until it may propose", async () => {
    const propose = page.getByRole("button", { name: "Let it propose" });
    await tabTo(page, propose);
    await press(page, "Enter");
    await expect(propose).toHaveCount(0);
  });

  const row = page.locator(decisions).filter({ hasText: "Steel flask 750 ml runs out before restock" });
  const toDecision = async () => {
    await press(page, "g t");
    await expect(page.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    await expect(row).toBeVisible();
    for (let n = 0; n < 40 && (await row.getAttribute("data-cursor")) !== "true"; n++) await press(page, "j");
    await expect(row).toHaveAttribute("data-cursor", "true");
  };
  const details = page.getByRole("complementary", { name: "Decision details" });

  await test.step("Today has its decision, and W says why", async () => {
    await toDecision();
    await expect(row).toContainText("SKU-104, US");
    await expect(row).toContainText("a day at stake");
    await expect(details.getByRole("heading", { level: 2 })).toHaveText("Steel flask 750 ml runs out before restock");
    await press(page, "w");
    await expect(details.getByRole("heading", { name: "Case case_1: decided" })).toBeVisible();
    await expect(details).toContainText("19.0");
    await accessible(page, "the decision");
  });

  await test.step("its trace goes through each step, and says why not of another SKU", async () => {
    await tabTo(page, details.getByRole("link", { name: "Trace", exact: true }));
    await press(page, "Enter");
    const title = page.getByRole("heading", { level: 1 });
    await expect(title).toHaveText("Runs out before restock: US/SKU-104");
    const steps = page.getByRole("list", { name: "Steps" });
    await expect(steps).toContainText("Cover");
    await expect(steps.getByRole("button", { name: /^holds: / }).first()).toBeVisible();
    await accessible(page, "the trace");
    const other = page.getByRole("combobox", { name: "Why not another subject" });
    await tabTo(page, other);
    await page.keyboard.type("US/SKU-087");
    await press(page, "Enter");
    await expect(title).toHaveText("Runs out before restock: US/SKU-087");
    await expect(steps.getByRole("button", { name: /^does not hold: / }).first()).toBeVisible();
    // In the field a letter would stay a letter.
    await press(page, "Tab");
  });

  await test.step("A approves it, Z takes that back", async () => {
    await toDecision();
    await press(page, "a");
    await expect(row).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Undo: / })).toBeVisible();
    await press(page, "z");
    await expect(row).toHaveCount(1);
    await settled(page);
  });
  expect(await pointed(), "what a pointer did").toBe(0);
});
