import { expect, goTo, test } from "./support/fixtures.ts";
import { choose } from "./support/keyboard.ts";
import {
  askDraft,
  askPolicies,
  askPreview,
  askText,
  runsOutFields as fields,
  goToStudio,
  paste,
  runsOut,
  runsOutWhen,
  save,
  sense,
  simple,
  studioOf,
} from "./support/rules.ts";
import { newDataDir } from "./support/server.ts";
import { breakReviews } from "./support/trouble.ts";

test("a condition typed as CEL and a text pasted as YAML give the same policy", async ({ page, open }) => {
  await open("demo");
  const studio = studioOf(page);
  await test.step("typed as CEL", async () => {
    await goToStudio(page, { view: "cel" });
    await paste(page, page.getByRole("textbox", { name: "Case case_1" }), runsOutWhen);
    await expect(studio.problems).toHaveCount(0);
    await page.keyboard.press("Control+Alt+1");
    await studio.title.fill(fields.title);
    await studio.name.fill("typed");
    await studio.hold.fill(fields.hold);
    await studio.cooldown.fill(fields.cooldown);
    await choose(page, studio.leadsTo, fields.leadsTo);
    await studio.button.fill(fields.button);
    await studio.says.fill(fields.says);
    await studio.moreOfCase.click();
    await studio.money.fill(fields.money);
    await studio.units.fill(fields.units);
    await save(page);
  });
  await test.step("pasted as YAML", async () => {
    await goToStudio(page, { view: "yaml" });
    await paste(page, studio.yaml, runsOut("pasted"));
    await save(page);
  });
  const [typed, pasted] = await Promise.all(["typed", "pasted"].map((name) => askText(page, name)));
  expect(sense(typed ?? "")).toBe(sense(pasted ?? ""));
  const [one, other] = await Promise.all([typed, pasted].map((yaml) => askDraft(page, yaml ?? "")));
  const same = { name: "", version: 0, date: "" };
  expect({ ...one?.policy, ...same }).toEqual({ ...other?.policy, ...same });
  const subjects = async (yaml = "") => (await askPreview(page, yaml)).matches.map(({ subject }) => subject);
  expect(await subjects(typed)).toEqual(await subjects(pasted));
});

/** Where a condition nests loops over lists, its cost multiplies. */
const list = "[1, 2, 3, 4, 5, 6, 7, 8]";
const bomb = ["a", "b", "c", "d", "e"].reduceRight((inner, name) => `${list}.all(${name}, ${inner})`, "a + e > 0");

const faults: { name: string; when: string; says: RegExp }[] = [
  { name: "unfinished", when: "inventory.cover_days <", says: /Something is missing at the end/ },
  {
    name: "unknown_fact",
    when: "inventory.cover_dayz < 3.0",
    says: /inventory\.cover_dayz.*did you mean inventory\.cover_days\?/,
  },
  { name: "cost_bomb", when: bomb, says: /may cost \d+ steps on each subject, the limit is \d+/ },
];

test("a text with a fault says what and where, and is not saved; the other rules run", async ({ page, open }) => {
  await open("demo");
  const studio = studioOf(page);
  const before = await askPolicies(page);
  for (const { name, when, says } of faults) {
    await test.step(name, async () => {
      await goToStudio(page, { view: "yaml" });
      await paste(page, studio.yaml, simple(name, when));
      const problem = studio.problems.getByRole("button");
      await expect(problem).toHaveText(says);
      await expect(problem).toContainText("Case case_1, when (line 9)");
      await expect(page.locator(".cm-lintRange-error, .cm-lintPoint-error").first()).toBeAttached();
      await page.keyboard.press("Control+s");
      await expect(problem).toBeFocused();
      await expect(studio.standing).toHaveText("Not saved yet");
      await page.keyboard.press("Enter");
      await expect(studio.yaml).toBeFocused();
      await page.getByRole("button", { name: "Drop the changes" }).click();
      await page.getByRole("button", { name: "Drop them" }).click();
      await expect(studio.standing).toHaveText("New");
    });
  }
  const counts = (policies: typeof before) => policies.map((one) => `${one.name} ${one.health} ${one.matches}`);
  expect(counts(await askPolicies(page))).toEqual(counts(before));
});

test("a rule whose module has failed is marked with its name; the others decide", async ({ page, open }) => {
  const dir = newDataDir("demo");
  breakReviews(dir);
  await open("demo", dir);
  const policies = await askPolicies(page);
  expect(policies.some((one) => one.health === "ok" && one.matches > 0)).toBe(true);

  await test.step("a rule that comes with Purser", async () => {
    await goTo(page, "/rules?policy=negative_feedback", "Rules");
    const details = page.getByRole("complementary", { name: "Rule details" });
    await expect(details.getByRole("heading", { name: "Why it cannot tell" })).toBeVisible();
    await expect(details.getByText("reviews missing")).toBeVisible();
  });

  await test.step("a rule that is being written", async () => {
    const studio = studioOf(page);
    await goToStudio(page, { view: "yaml" });
    await paste(page, studio.yaml, simple("bad_reviews", "reviews.negative_share_low_90d > 0.1"));
    const counts = studio.side.getByRole("list", { name: "Counts" });
    await expect(counts).toContainText(/[1-9]\d* can't tell/);
    await expect(counts).toContainText(/^0 match now/);
    await expect(studio.side).toContainText("can't tell: reviews missing");
    await page.keyboard.press("Control+Alt+1");
    await expect(studio.first).toContainText("passed over: reviews missing");
  });

  await test.step("the others decide", async () => {
    await goTo(page, "/today", "Today");
    await expect(page.locator("ul[data-decisions] > li").first()).toBeVisible();
  });
});
