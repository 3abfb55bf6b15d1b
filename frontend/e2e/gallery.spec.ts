import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";

const rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const frontend = fileURLToPath(new URL("..", import.meta.url));
const built = join(frontend, "..", "build", "tmp", "gallery");
const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

let server: Server;
let address = "";

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  await build({ root: frontend, configFile: join(frontend, "vite.gallery.config.ts"), logLevel: "warn" });
  server = createServer(async (asked, answer) => {
    const path = normalize(join(built, new URL(asked.url ?? "/", "http://gallery").pathname));
    const found = path.startsWith(built) && (await stat(path).catch(() => null))?.isFile();
    answer.writeHead(found ? 200 : 404, { "content-type": types[extname(path)] ?? "application/octet-stream" });
    if (found) createReadStream(path).pipe(answer);
    else answer.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/gallery.html`;
});

test.afterAll(() => server.close());

async function open(page: Page, search: string): Promise<string[]> {
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${address}?${search}`);
  await expect(page.getByRole("heading", { level: 1, name: "Gallery" })).toBeVisible();
  // The drawings are loaded when they are needed.
  await expect(page.locator("figure").getByText("Only one day is known")).toBeVisible();
  const [lines, others] = search.includes("hide") ? [10, 3] : [11, 7];
  await expect(page.locator(".uplot")).toHaveCount(lines);
  await expect(page.locator("[_echarts_instance_]")).toHaveCount(others);
  return faults;
}

/** What axe finds wrong in a part, one line each; in the dark only what colours can spoil. */
async function violations(page: Page, theme: string, part = "body"): Promise<string[]> {
  const axe = new AxeBuilder({ page }).include(part).setLegacyMode(true);
  const { violations: found } = await (theme === "dark"
    ? axe.withRules(["color-contrast"])
    : axe.withTags(rules)
  ).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
  );
}

for (const theme of ["light", "dark"]) {
  test(`every component is accessible: ${theme}`, async ({ page }) => {
    const faults = await open(page, `theme=${theme}`);
    expect.soft(await violations(page, theme), "drawn").toEqual([]);
    const charts = page.getByRole("button", { name: "View as table" });
    for (let left = await charts.count(); left > 0; left--) await charts.first().click();
    await expect(page.locator("figure canvas")).toHaveCount(0);
    expect.soft(await violations(page, theme, "figure"), "as tables").toEqual([]);
    expect(faults).toEqual([]);
  });
}

test("long words and little room clip nothing that is a control", async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 800 });
  await open(page, "theme=light&density=compact&locale=de");
  const sideways = await page.evaluate(() => {
    const scroller = document.querySelector("main")?.parentElement;
    return scroller ? scroller.scrollWidth - scroller.clientWidth : -1;
  });
  expect(sideways, "at 200 % zoom the page scrolls only downwards").toBeLessThanOrEqual(0);
  const small = await page.locator("button:visible, [role='slider']:visible").evaluateAll((controls) =>
    controls
      .map((control) => ({ box: control.getBoundingClientRect(), text: control.textContent }))
      .filter(({ box }) => box.height > 0 && (box.height < 23.5 || box.width < 23.5))
      .map(({ box, text }) => `${text} ${box.width}×${box.height}`),
  );
  expect(small, "targets under 24 px").toEqual([]);
});

test("hidden amounts are nowhere, also not in charts and their tables", async ({ page }) => {
  await open(page, "theme=light&hide=1");
  const text = await page.locator("main").innerText();
  expect(text).not.toMatch(/[€$]\d/);
  expect(text).toContain("Amounts are hidden.");
});
