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

const until = async (what, test, limit = 120_000) => {
  const end = Date.now() + limit;
  for (;;) {
    const got = await test().catch(() => undefined);
    if (got) return got;
    if (Date.now() > end) throw new Error(`timed out: ${what}`);
    await sleep(100);
  }
};

// A chart is there when its canvas has a pixel that is not clear.
const drawn = `
  const canvas = document.querySelector("aside canvas");
  if (!canvas || canvas.width === 0) return false;
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte !== 0);`;

const dark = `
  const done = arguments[0];
  const settings = { theme: "dark", density: "default", single_keys: true, hide_amounts: false };
  window.go.app.API.SetDisplay(settings).then(() => location.reload()).then(done, (e) => done(String(e)));`;

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
  const shoot = async (name) => {
    const shot = await call("GET", `/session/${sessionId}/screenshot`);
    writeFileSync(join("build/tmp", name), Buffer.from(shot, "base64"));
  };
  await until("first page", () => run("return document.querySelector('main') !== null"));
  console.log(`window: start to first page ${Date.now() - started} ms`);
  const rows = await until("decisions on Today", () =>
    run("return document.querySelectorAll('ul[data-decisions] > li').length || null"),
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
  await until("a drawn chart", () => run(drawn));
  await shoot("window.png");
  await call("POST", `/session/${sessionId}/execute/async`, { script: dark, args: [] });
  await until("dark colours", () => run("return document.documentElement.dataset.mantineColorScheme === 'dark'"));
  await shoot("window-dark.png");
  console.log("window: screenshots in build/tmp/window.png and window-dark.png");
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
