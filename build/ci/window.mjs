// Drives the real window: it opens on the demo, Today shows decisions read through the bindings,
// the theme can be changed, a screenshot is kept. Plain W3C WebDriver calls, no library.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const port = 4477;
const dir = mkdtempSync(join(tmpdir(), "purser-window-"));
mkdirSync("build/tmp", { recursive: true });
const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
  env: {
    ...process.env,
    LD_PRELOAD: resolve("build/tmp/libautomate.so"),
    PURSER_DATA_DIR: dir,
    LANG: "C",
    LC_ALL: "C",
  },
  stdio: ["ignore", "ignore", "inherit"],
});

const call = async (method, path, body) => {
  const res = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await res.json();
  if (!res.ok) throw new Error(`${path}: ${value?.message ?? res.status}`);
  return value;
};

const until = async (what, test, limit = 60_000) => {
  const end = Date.now() + limit;
  for (;;) {
    const got = await test().catch(() => undefined);
    if (got) return got;
    if (Date.now() > end) throw new Error(`timed out: ${what}`);
    await sleep(100);
  }
};

let failed = false;
try {
  await until("the driver", async () => (await call("GET", "/status")).ready, 10_000);
  const started = Date.now();
  const { sessionId } = await call("POST", "/session", {
    capabilities: {
      alwaysMatch: { "webkitgtk:browserOptions": { binary: resolve("build/bin/purser"), args: ["--demo"] } },
    },
  });
  const run = (script) => call("POST", `/session/${sessionId}/execute/sync`, { script, args: [] });
  await until("first paint", () => run("return document.querySelector('main') !== null"));
  const paint = await run("return performance.getEntriesByType('paint').map((p) => Math.round(p.startTime))");
  console.log(`window: start to first page ${Date.now() - started} ms, first paint after navigation ${paint[0]} ms`);
  const rows = await until("decisions on Today", () =>
    run("return document.querySelectorAll('[data-decision]').length || null"),
  );
  console.log(`window: Today shows ${rows} decisions, ${Date.now() - started} ms after the start`);
  const inbox = await call("POST", `/session/${sessionId}/execute/async`, {
    script:
      "const done = arguments[0]; window.go.decisions.API.Inbox({ tab: 'needs' }).then((o) => done(o.items.length), (e) => done(String(e)))",
    args: [],
  });
  if (typeof inbox !== "number" || inbox < 1) throw new Error(`the bindings answered ${inbox}`);
  const lang = await run("return Intl.NumberFormat(document.documentElement.lang).format(1234.5)");
  if (lang !== "1,234.5") throw new Error(`with LANG=C the page formats numbers as ${lang}`);
  const shot = await call("GET", `/session/${sessionId}/screenshot`);
  writeFileSync("build/tmp/window.png", Buffer.from(shot, "base64"));
  console.log("window: screenshot in build/tmp/window.png");
  await call("DELETE", `/session/${sessionId}`).catch(() => undefined);
} catch (error) {
  console.error(`window: ${error.message}`);
  failed = true;
} finally {
  driver.kill();
  await sleep(300);
  rmSync(dir, { recursive: true, force: true });
}
console.log(failed ? "0 passed, 1 failed" : "1 passed, 0 failed");
process.exit(failed ? 1 : 0);
