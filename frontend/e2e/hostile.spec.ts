import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, goTo, settled, test } from "./support/fixtures.ts";
import { hostileReports, products } from "./support/hostile-reports.ts";
import { everyPage, modules } from "./support/pages.ts";
import { payloads } from "./support/payloads.ts";
import { newDataDir, purser } from "./support/server.ts";

/** What a page may call merely by being looked at. */
const reads =
  /^(app\.API\.(State|Webhook)|accounts\.API\.(Overview|Checklist|VaultState)|jobs\.API\.(Streams|Asks|Progress|Quota)|actions\.API\.(Status|Limits|Modes|List|Asks)|audits\.API\.(Months|Month|Report|Checklists)|notifications\.API\.Settings|dashboards\.API\.(Scopes|Page|Chart|Columns|Table|Define|Rows|Checks|Timeline|Search|Views|Rates)|modulehost\.API\.(Modules|FactTable|Series)|ingest\.API\.(Documents|Freshness|Original|Quarantine|Job)|catalog\.API\.(Items|MarksInUse)|rules\.API\.(Policies|Explain|Exceptions|Vocabulary|Traces)|decisions\.API\.(Inbox|Get|LastUndoable|RestockLines|Tasks|Stats))$/;

/** Elements and attributes that only a payload can have brought in. */
const foreign = [
  ...[
    "script:not([src])",
    "iframe",
    "object",
    "embed",
    "base",
    "body form[action]",
    "main img",
    "body link",
    "body style:not([data-mantine-styles])",
  ],
  ...["meta[http-equiv=refresh]", "[onerror]", "[onload]", "[onfocus]", "[ontoggle]", "[onmouseover]", "math"],
  ...['a[href^="javascript:" i]', 'a[href^="data:" i]', '[href*="evil.test"]', '[src*="evil.test"]'],
].join(", ");

test("hostile text from files is shown as text, on every page, and does nothing", async ({ page, open, watch }) => {
  expect(payloads.length).toBeGreaterThanOrEqual(20);
  const dir = newDataDir("empty");
  const folder = join(dir, "downloads");
  mkdirSync(folder);
  const files = hostileReports().map(({ name, text }) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  const { status, out, err } = await purser(dir, "import", ...files);
  expect(status, `${out}\n${err}`).toBe(0);

  const calls = new Set<string>();
  const outside: string[] = [];
  page.on("request", (request) => {
    const { pathname, hostname } = new URL(request.url());
    if (hostname !== "127.0.0.1" && hostname !== "") outside.push(request.url());
    const [, name] = /^\/__call\/(.*)$/.exec(pathname) ?? [];
    if (name) calls.add(name);
  });
  // Tall enough that no list hides its rows.
  await page.setViewportSize({ width: 1600, height: 2400 });
  await open("empty", dir);
  const home = new URL(page.url());
  const seen = new Set<string>();
  const look = () => lookAt(page, seen);

  await test.step("Today, with every decision opened", async () => {
    await settled(page);
    const rows = page.locator("ul[data-decisions] > li");
    await expect(rows.first()).toBeVisible();
    // Every title is in the list; the details are of the same few kinds.
    const count = Math.min(40, await rows.count());
    for (let i = 0; i < count; i++) {
      await page.keyboard.press("Enter"); // unfolds a group
      await page.keyboard.press("w");
      await settled(page);
      await look();
      await page.keyboard.press("j");
    }
    for (const tab of ["waiting", "regressed", "done"]) {
      await goTo(page, `/today?tab=${tab}`, "Today");
      await look();
    }
  });

  for (const [name, heading] of Object.entries(modules)) {
    await test.step(heading, async () => {
      await goTo(page, `/m/${name}`, heading);
      await lookAtModule(page, look);
    });
  }

  await test.step("the other pages and the details of every file", async () => {
    for (const { path, heading, prepare } of everyPage("empty")) {
      if (path === "/start") continue;
      await goTo(page, path, heading);
      await prepare?.(page);
      await look();
    }
    await goTo(page, "/data?tab=files", "Data");
    for (const row of await page.locator("main table tbody tr").all()) {
      await row.click();
      await settled(page);
      await look();
    }
  });

  await test.step("addresses with payloads", async () => {
    watch.expected.push(/ingest\.API\.Job.*There is no job/);
    for (const [n, payload] of payloads.entries()) {
      const paths = n < 4 ? ["/m/", "/today?item=", "/m/sales?sel=", "/data/import?job="] : ["/m/"];
      for (const path of paths) {
        await goTo(page, `${path}${encodeURIComponent(payload)}`);
        await look();
      }
    }
  });

  const text = [...seen].join("\n");
  expect(
    products.filter(({ title }) => !text.includes(title)).map(({ title }) => title),
    "titles not shown as text",
  ).toEqual([]);
  for (const kind of ["C", "S"]) {
    const missing = payloads.map((payload, n) => `${kind}${n} ${payload}`).filter((one) => !text.includes(one));
    expect(missing, `not shown as text: ${kind}`).toEqual([]);
  }
  for (const one of [/onerror=alert\(31\)> terms\.csv/, /javascript:alert\(32\)\.txt/, /onerror=alert\(35\)>/]) {
    expect(text).toMatch(one);
  }
  expect(
    [...calls].filter((name) => !reads.test(name)),
    "calls that nobody asked for",
  ).toEqual([]);
  expect(outside, "requests to elsewhere").toEqual([]);
  expect(new URL(page.url()).origin).toBe(home.origin);
  expect(page.context().pages()).toHaveLength(1);
});

/** Keeps what the page shows, and makes sure that no payload became an element. */
async function lookAt(page: Page, seen: Set<string>): Promise<void> {
  const { text, found, title } = await page.evaluate((selector) => {
    const grown = [...document.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 200));
    return { text: document.body.textContent ?? "", found: grown, title: document.title };
  }, foreign);
  expect(found, page.url()).toEqual([]);
  expect(title).not.toMatch(/alert|evil/);
  seen.add(text);
}

/** Opens each tab of a module and the details of its first rows. */
async function lookAtModule(page: Page, look: () => Promise<void>): Promise<void> {
  await settled(page);
  const tabs = page.getByRole("tablist").getByRole("tab");
  for (let i = 0; i < Math.max(1, await tabs.count()); i++) {
    if ((await tabs.count()) > 0) await tabs.nth(i).click();
    await settled(page);
    await look();
    const rows = page.locator("main table tbody tr[data-selectable=true]");
    for (let n = 0; n < Math.min(2, await rows.count()); n++) {
      await rows.nth(n).click();
      await settled(page);
      await page.keyboard.press("w");
      await settled(page);
      await look();
    }
  }
}
