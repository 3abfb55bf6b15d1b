// Measures what pages cost a person, in Chromium and in the real window, on a seller with ten thousand SKUs. It prints
// figures with their goals and never fails on a slow machine; it fails where a page cannot be driven at all.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [dir, rounds = "20"] = process.argv.slice(2);
const script = readFileSync("frontend/bench/measure.js", "utf8");
const goals = [
  [/, new rows shown$/, 100],
  [/charts/, 200],
  [/first contentful paint/, 300],
  [/./, 100],
];

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

function print(engine, figures) {
  console.log(`${engine}`);
  for (const [name, list] of Object.entries(figures)) {
    const sorted = list.toSorted((a, b) => a - b);
    const goal = goals.find(([pattern]) => pattern.test(name))?.[1];
    const [half, most] = [at(sorted, 0.5), at(sorted, 0.95)].map((ms) => ms.toFixed(0).padStart(5));
    console.log(`  ${name.padEnd(58)} p50 ${half} ms  p95 ${most} ms  goal ${goal} ms  (${list.length})`);
  }
}

async function serve() {
  const server = spawn("build/bin/purser-cli", ["serve", "--data-dir", dir], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (said += text));
  for (let n = 0; n < 300 && !/http:\S+/.test(said); n++) await sleep(100);
  const url = /http:\S+/.exec(said)?.[0];
  if (!url) throw new Error(`the web host did not start: ${said}`);
  return { url, stop: () => server.kill() };
}

async function inChromium() {
  const { chromium } = createRequire(resolve("frontend/package.json"))("playwright-core");
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  const server = await serve();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(server.url);
    await page.locator("main h1").first().waitFor({ state: "attached" });
    await page.evaluate(() => {
      location.hash = "#/sales?charts=all";
    });
    print("Chromium", await page.evaluate(`(() => {\n${script}\nreturn measurePage(${rounds});\n})()`));
  } finally {
    await browser.close();
    server.stop();
  }
}

async function inTheWindow() {
  const port = 4478;
  const env = { ...process.env, LD_PRELOAD: resolve("build/tmp/libautomate.so"), PURSER_DATA_DIR: dir };
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], { env, stdio: ["ignore", "ignore", "inherit"] });
  const call = async (method, path, body) => {
    const res = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await res.json();
    if (!res.ok) throw new Error(`${path}: ${value?.message ?? res.status}`);
    return value;
  };
  try {
    for (let n = 0; n < 50; n++) {
      if ((await call("GET", "/status").catch(() => undefined))?.ready) break;
      await sleep(200);
    }
    const { sessionId } = await call("POST", "/session", {
      capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary: resolve("build/bin/purser"), args: [] } } },
    });
    const path = `/session/${sessionId}`;
    await call("POST", `${path}/timeouts`, { script: 600_000 });
    for (let n = 0; n < 100; n++) {
      if (await call("POST", `${path}/execute/sync`, { script: "return document.querySelector('main h1') !== null", args: [] })) break;
      await sleep(200);
    }
    await call("POST", `${path}/execute/sync`, { script: "location.hash = '#/sales?charts=all'", args: [] });
    const figures = await call("POST", `${path}/execute/async`, {
      script: `const done = arguments[0];\n${script}\nmeasurePage(${rounds}).then(done, (e) => done({ failed: String(e) }));`,
      args: [],
    });
    if (figures.failed) throw new Error(figures.failed);
    print("The real window (WebKitGTK under Xvfb, no GPU)", figures);
    await call("DELETE", path).catch(() => undefined);
  } finally {
    driver.kill();
  }
}

await inChromium();
await inTheWindow();
