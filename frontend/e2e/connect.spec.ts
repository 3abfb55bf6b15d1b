import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { type Amazon, type Entry, startAmazon } from "./support/amazon.ts";
import { accessible } from "./support/axe.ts";
import { bound, expect, goTo, report, seconds, settled, test } from "./support/fixtures.ts";
import { press } from "./support/keyboard.ts";

const passphrase = "a lamp, a flask, a bath tray";

/** A rule of the seller's own about one campaign of the practice Amazon. */
const spendLess = `name: spend_less
title: Spend less on it
version: 1
subject: campaign
source: My own rule
date: "2026-01-31"
accepts: [settling, stale]
cases:
  - name: case_1
    when: subject.name == "Hydration - Keywords" && advertising.campaign_budget > 20.0
    severity: critical
    title: "{subject.name} may spend less"
    action:
      kind: ads.budget
      label: Lower the daily budget
      target: "-10%"
`;

const decision = "Hydration - Keywords may spend less";
const row = (page: Page) =>
  page.locator('ul[data-decisions][aria-label="Decisions"] > li').filter({ hasText: decision });
const sheet = (page: Page) => page.getByRole("dialog", { name: /^Approve this: / });
const offline = (page: Page) => page.locator("main").getByText(/Amazon can't be reached/);
const step = (page: Page, name: string) => page.getByRole("heading", { level: 2, name, exact: true });

let amazon: Amazon;

test.beforeAll(async () => {
  amazon = await startAmazon(mkdtempSync(join(tmpdir(), "purser-amazon-")));
});
test.afterAll(() => amazon.stop());

test("an Amazon is connected, read, lost, and found again; what was approved meanwhile is sent, seen and taken back", async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open("empty");
  const begun = performance.now();

  await test.step("the vault is made, and its words are asked back", async () => {
    await page.getByRole("region", { name: "Connect Amazon" }).getByRole("button").click();
    await expect(step(page, "Where secrets are kept")).toBeVisible();
    await makeVault(page);
  });

  await test.step("the checklist keeps its ticks", async () => {
    await expect(step(page, "Your own application")).toBeFocused();
    const first = page.getByRole("checkbox").first();
    await first.check();
    await expect(page.getByText(/^1 of \d+ ticked/)).toBeVisible();
    await accessible(page, "the checklist");
    await page.getByRole("button", { name: "I have the three texts" }).click();
  });

  await test.step("adverts are connected with what the practice Amazon printed", async () => {
    await page.getByRole("radio", { name: /^Amazon Ads API/ }).check();
    await enter(page, amazon.entry("adsapi", "na"));
    await accessible(page, "the texts");
    await connect(page);
  });

  await test.step("sales are connected as well, with all that the access allows", async () => {
    await page.getByRole("button", { name: "Connect another" }).click();
    await page.getByRole("radio", { name: /^Selling Partner API/ }).check();
    await enter(page, amazon.entry("spapi", "na"));
    await connect(page, async () => {
      const allowed = page.getByRole("list", { name: "What the access allows" }).getByRole("listitem");
      expect(await allowed.count()).toBeGreaterThan(5);
      await expect(allowed.filter({ hasNotText: "✓" })).toHaveCount(0);
      await accessible(page, "what was found");
    });
    report(`both connected ${seconds(begun)} after the first step`);
  });

  await test.step("what arrives first is told while it comes", async () => {
    const parts = page.getByRole("list", { name: "Parts of the first data" });
    await expect(part(parts, "Orders")).toContainText(/arriving|ready/);
    await expect(page.getByText(/\d of \d+ ready/)).toBeVisible();
    await accessible(page, "what arrives first");
  });

  await test.step("the seller's own rule is let to propose", async () => {
    await bound(page, "rules.API.Save", { yaml: spendLess, note: "", new: true });
    const band = { per_day: 0, units_max: 0, minor: 0, currency: "", only: [] };
    await bound(page, "actions.API.SetMode", { policy: "spend_less", mode: "propose", consent: "", band });
  });

  await test.step("Data says what is here and what comes", async () => {
    await goTo(page, "/data?tab=amazon", "Data");
    const streams = page.getByRole("table", { name: "Data from Amazon" });
    for (const title of ["Orders (live)", "Listings (live)", "FBA stock (live)", "Sponsored Products campaigns"]) {
      await expect(streams.getByRole("row").filter({ hasText: title }).first()).toContainText(
        /up to date|filling the past/,
      );
    }
    await expect(page.getByRole("region", { name: "First fill" })).toBeVisible();
    await accessible(page, "from Amazon");
    await goTo(page, "/data?tab=jobs", "Data");
    await accessible(page, "jobs");
    report(`adverts and orders here ${seconds(begun)} after the first step`);
  });

  await test.step("what is connected says that it is practice, and where", async () => {
    await goTo(page, "/connect", "Connections");
    const host = new URL(amazon.url).host;
    await expect(page.getByText(`practice Amazon at ${host}`)).toHaveCount(2);
    await accessible(page, "what is connected");
  });

  await test.step("the decision says what would be sent", async () => {
    await goTo(page, "/today", "Today");
    await expect(row(page)).toHaveCount(1);
    await take(page);
    await expect(sheet(page)).toContainText("$50.00");
    await expect(sheet(page)).toContainText("$45.00");
    await accessible(page, "the sheet");
    await press(page, "Escape");
    await expect(sheet(page)).toHaveCount(0);
  });

  await test.step("Amazon is gone: the window says so, and what is here stays", async () => {
    await amazon.stop();
    await goTo(page, "/data?tab=amazon", "Data");
    await expect(offline(page)).toBeVisible();
    await expect(offline(page)).toContainText(/last reached at/);
    await accessible(page, "from Amazon, offline");
    await goTo(page, "/sales", "Sales & profit");
    await expect(page.locator("main tbody tr").first()).toBeVisible();
  });

  await test.step("what was looked at is approved all the same, and waits", async () => {
    await goTo(page, "/today", "Today");
    await take(page);
    await expect(sheet(page)).toContainText(/Amazon gives no answer now/);
    await accessible(page, "the sheet, offline");
    await press(page, "Control+Enter");
    await expect(sheet(page)).toHaveCount(0);
    await expect(row(page)).toHaveCount(0);
    await goTo(page, "/journal", "Journal");
    await expect(line(page)).toContainText("waits");
    await line(page).click();
    // It is held for ten seconds; then it is seen that nobody answers.
    await expect(page.getByRole("complementary")).toContainText(/could not be reached/);
    await accessible(page, "the journal, offline");
  });

  await test.step("Amazon is back: it is sent, read back, and seen there", async () => {
    amazon = await startAmazon("", amazon);
    await expect(line(page)).toContainText("✓ sent");
    await expect(page.getByRole("complementary")).toContainText("$45.00");
    expect((await amazon.changes()).map(({ fields }) => fields.budget?.budget)).toEqual([45]);
    await goTo(page, "/data?tab=amazon", "Data");
    await page.getByRole("button", { name: /^Fetch all/ }).click();
    await expect(offline(page)).toHaveCount(0);
  });

  await test.step("it is taken back, and Amazon has what it had", async () => {
    await goTo(page, "/journal", "Journal");
    await line(page).click();
    await page.getByRole("button", { name: "Revert" }).click();
    await page.getByRole("button", { name: "Press again to revert" }).click();
    await expect(line(page).filter({ hasText: "done, and taken back" })).toHaveCount(1);
    expect((await amazon.changes()).map(({ fields }) => fields.budget?.budget)).toEqual([45, 50]);
  });
  report(`all of it in ${seconds(begun)}`);
});

const part = (list: Locator, name: string) => list.getByRole("listitem").filter({ hasText: name });
const line = (page: Page) => page.getByRole("table").getByRole("row").filter({ hasText: decision }).first();

async function makeVault(page: Page): Promise<void> {
  await page.getByRole("radio", { name: /^A passphrase/ }).check();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByLabel("The same again").fill(passphrase);
  await accessible(page, "the vault");
  await page.getByRole("button", { name: "Make the vault" }).click();
  const shown = page.getByRole("list", { name: "Recovery words" }).getByRole("listitem");
  await expect(shown).toHaveCount(24);
  const words = await shown.allTextContents();
  await accessible(page, "the words");
  await page.getByRole("button", { name: "I have written them down" }).click();
  for (const field of await page.getByRole("textbox", { name: /^Word \d+$/ }).all()) {
    const name = (await field.evaluate((one: HTMLInputElement) => one.labels?.[0]?.textContent)) ?? "";
    await field.fill(words[Number(name.slice(5)) - 1] ?? "");
  }
  await page.getByRole("button", { name: "These are the words" }).click();
}

/** Pastes the three texts in one go, as they are copied from a terminal, and names the practice Amazon. */
async function enter(page: Page, entry: Entry): Promise<void> {
  await expect(step(page, "Paste the texts")).toBeVisible();
  const id = page.getByLabel("Client ID");
  await id.focus();
  const texts = `client id ${entry.client_id}\nclient secret ${entry.client_secret}\nrefresh token ${entry.refresh_token}`;
  await page.evaluate((text) => window.navigator.clipboard.writeText(text), texts);
  await press(page, "Control+v");
  await expect(id).toHaveValue(entry.client_id);
  await expect(page.getByLabel("Client secret", { exact: true })).toHaveAttribute("type", "password");
  const made = page.getByLabel("The client secret was made on");
  if ((await made.count()) > 0) await made.fill(entry.secret_created);
  if (entry.seller_id !== "") await page.getByLabel(/^Merchant token/).fill(entry.seller_id);
  const address = page.getByLabel("Address on this computer");
  if (!(await address.isVisible())) await page.getByText("Practise first").click();
  await address.fill(amazon.url);
}

/** Tries what was entered, looks at what was found, and connects. */
async function connect(page: Page, look?: () => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(step(page, "What was found")).toBeFocused();
  await expect(page.getByText(`practice Amazon at ${new URL(amazon.url).host}`)).toBeVisible();
  await look?.();
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(step(page, "What arrives first")).toBeVisible();
}

/** Goes to the decision and asks to approve it. */
async function take(page: Page): Promise<void> {
  await settled(page);
  await press(page, "Home");
  for (let n = 0; n < 40 && (await row(page).getAttribute("data-cursor")) !== "true"; n++) await press(page, "j");
  await press(page, "a");
  await expect(sheet(page)).toBeVisible();
}
