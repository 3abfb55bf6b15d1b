import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { action, actions, decisions } from "../src/lib/contract.ts";
import { accessible } from "./support/axe.ts";
import { bound, expect, goTo, settled, test } from "./support/fixtures.ts";
import { countPointing, press } from "./support/keyboard.ts";
import { startPeer } from "./support/peer.ts";
import { newDataDir, purser } from "./support/server.ts";
import { folderOf } from "./support/states.ts";

const rows = 'ul[data-decisions][aria-label="Decisions"] > li';
const five = ["LAMP-1", "LAMP-2", "LAMP-3", "LAMP-4", "LAMP-5"];

/** A rule that sends a message about five SKUs. */
const messages = `name: tell_supplier
title: Tell the supplier
version: 1
subject: sku
source: My own rule
date: "2026-01-31"
accepts: [settling, stale]
cases:
  - name: case_1
    when: subject.name in ["${five.join('", "')}"]
    severity: critical
    title: "{subject.name} is to be told of"
    action:
      kind: webhook
      label: Tell the supplier
`;

/** What the command line tells of a morning. */
type Brief = { decisions: { policy: string; action: { kind: string } }[] };

const listed = async (page: Page) =>
  (await bound<actions.ListOutput>(page, "actions.API.List", { from: "", to: "", below: 0, limit: 0 })).actions;
const states = (all: readonly action.Trail[]) => all.map(({ state }) => state).sort();

test.describe("messages to somebody", () => {
  test.use({ serverEnv: { PURSER_WEBHOOK_SECRET: "known to this test and to nobody else" } });

  test("five are approved together, the switch is thrown in the middle, and it is seen what was sent, what was not, and what nobody knows", async ({
    page,
    open,
  }) => {
    const peer = await startPeer();
    const pointed = await countPointing(page);
    await open("empty", await folderOf("files"));
    await bound(page, "app.API.SetWebhook", { address: peer.url });
    await bound(page, "rules.API.Save", { yaml: messages, note: "", new: true });
    const band = { per_day: 0, units_max: 0, minor: 0, currency: "", only: [] };
    await bound(page, "actions.API.SetMode", { policy: "tell_supplier", mode: "propose", consent: "", band });
    await goTo(page, "/today", "Today");
    const row = page.locator(rows).filter({ hasText: "Tell the supplier" });
    await expect(row).toHaveCount(1);

    await test.step("A opens what would be done, the three riskiest first", async () => {
      await press(page, "Home");
      for (let n = 0; n < 30 && (await row.getAttribute("data-cursor")) !== "true"; n++) await press(page, "j");
      await press(page, "a");
      const sheet = page.getByRole("dialog", { name: "Approve these 5 together?" });
      await expect(sheet).toBeVisible();
      await expect(sheet.getByRole("rowheader", { name: "Look at these 3 first, the riskiest" })).toBeVisible();
      await expect(sheet).toContainText(/leaves? this computer for good/);
      await accessible(page, "the sheet");
      await press(page, "Control+Enter");
      const count = sheet.getByRole("textbox", { name: /How many lines do you approve/ });
      await expect(count).toBeFocused();
      expect(await listed(page), "nothing is approved before the count").toEqual([]);
      await page.keyboard.type("5");
      await press(page, "Enter");
      await expect(sheet).toHaveCount(0);
    });

    await test.step("the first goes alone; while the second is under way the switch is thrown", async () => {
      await expect.poll(() => peer.came.length, { timeout: 40_000 }).toBe(2);
      await press(page, "Control+Shift+X");
      await expect(page.getByRole("region", { name: "Everything is stopped" })).toBeVisible();
      peer.answer();
      await expect
        .poll(async () => states(await listed(page)))
        .toEqual(["approved", "approved", "approved", "sent", "unknown"]);
      await accessible(page, "Today, stopped");
    });

    await test.step("the journal says what became of each", async () => {
      await press(page, "Escape");
      await goTo(page, "/journal", "Journal");
      const lines = page.getByRole("table").getByRole("row").filter({ hasText: "is to be told of" });
      await expect(lines).toHaveCount(5);
      await expect(lines.filter({ hasText: /➜\s*sent/ })).toHaveCount(1);
      await expect(lines.filter({ hasText: "unknown" })).toHaveCount(1);
      await expect(lines.filter({ hasText: "waits" })).toHaveCount(3);
      await expect(page.getByText("1 sent").first()).toBeVisible();
      await accessible(page, "the journal");
    });

    await test.step("after a person looked and resumed, the rest goes, each once", async () => {
      const unknown = (await listed(page)).find(({ state }) => state === "unknown");
      await bound(page, "actions.API.Resolve", { id: unknown?.id ?? 0, happened: true, note: "the supplier has it" });
      peer.answerAll(200);
      await bound(page, "actions.API.Stop", { stop: false });
      await expect
        .poll(async () => states(await listed(page)), { timeout: 40_000 })
        .toEqual(["sent", "sent", "sent", "sent", "verified"]);
      expect(new Set(peer.came).size, "each message has its own name").toBe(5);
      expect(peer.came).toHaveLength(5);
    });
    expect(await pointed(), "what a pointer did").toBe(0);
    await peer.close();
  });
});

test("a month of twenty decisions is looked at by keyboard, and a critical one takes its kind back to proposing", async ({
  page,
  open,
}) => {
  const dir = newDataDir("demo");
  const brief = JSON.parse((await purser(dir, "brief", "--demo", "--json")).out) as Brief;
  const policy = brief.decisions.find((one) => one.action.kind === "task")?.policy ?? "";
  // A rule that has shown itself for months, as far as this ledger says; its band lets it do nothing yet.
  execFileSync("sqlite3", [
    join(dir, "demo", "ledger.db"),
    `INSERT INTO actions_mode (policy, mode, since, consent, band)
     VALUES ('${policy}', 'auto', 1760000000, 'act by itself: ${policy}', '{"per_day":0,"only":[]}');`,
  ]);
  const pointed = await countPointing(page);
  await open("demo", dir);
  await settled(page);
  const mode = async () =>
    (await bound<actions.ModesOutput>(page, "actions.API.Modes")).modes.find((one) => one.policy === policy);
  const inbox = await bound<decisions.InboxOutput>(page, "decisions.API.Inbox", { tab: "needs", marketplace: "" });
  const waiting = [...inbox.items, ...inbox.also_noticed]
    .flatMap((item) => (item.members.length > 0 ? item.members : [item]))
    .filter(({ action: { kind } }) => kind === "task");
  const twenty = waiting.slice(0, 20);
  expect(twenty).toHaveLength(20);
  expect((await mode())?.mode).toBe("auto");
  for (const { id } of twenty) await bound(page, "decisions.API.Approve", { id, ids: [], units: 0, seen: "" });
  await goTo(page, "/audits", "Audits");
  await settled(page);
  await accessible(page, "the month");

  const judging = page.getByRole("region", { name: "Your judgement" });
  const progress = page.getByRole("progressbar").first();
  await press(page, "Enter");
  await expect(judging).toBeVisible();
  await accessible(page, "an item");
  for (let n = 1; n <= 20; n++) {
    await test.step(`item ${n}`, async () => {
      await expect(progress).toHaveAttribute("value", String(n - 1));
      const asked = await judging.getByRole("list", { name: "Questions" }).getByText("Not sure").count();
      for (let q = 0; q < asked; q++) await press(page, "y");
      if (n === 20) {
        await press(page, "c", "1");
        await page.keyboard.type("It is about another SKU.");
        await press(page, "Control+Enter");
        const follows = page.getByRole("heading", { name: /What follows/ });
        await expect(follows).toBeVisible();
        await accessible(page, "what follows");
      } else await press(page, "r");
    });
  }
  await expect.poll(async () => (await mode())?.mode).toBe("propose");
  expect((await mode())?.why).not.toBe("");
  expect(await pointed(), "what a pointer did").toBe(0);
  const { sound } = await bound<decisions.VerifyOutput>(page, "decisions.API.Verify");
  expect(sound, "the audit holds").toBe(true);
});
