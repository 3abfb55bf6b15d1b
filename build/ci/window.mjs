// Drives the real window: it opens on the demo, Today shows decisions read through the bindings,
// the theme can be changed, a screenshot is kept.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWindow, until } from "./webkit.mjs";

const dir = mkdtempSync(join(tmpdir(), "purser-window-"));
mkdirSync("build/tmp", { recursive: true });

// A chart is there when its canvas has a pixel that is not clear.
const drawn = `
  const canvas = document.querySelector("aside canvas");
  if (!canvas || canvas.width === 0) return false;
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte !== 0);`;

const dark = `
  const done = arguments[0];
  const settings = { theme: "dark", density: "default", single_keys: true, hide_amounts: false };
  window.go.app.API.SetDisplay(settings).then(() => location.reload()).then(done, (e) => done(String(e)));`;

const inboxLength = `
  const done = arguments[0];
  window.go.decisions.API.Inbox({ tab: "needs" }).then((o) => done(o.items.length), (e) => done(String(e)));`;

let failed = false;
let view;
try {
  view = await openWindow({ port: 4477, env: { PURSER_DATA_DIR: dir }, args: ["--demo"] });
  const { run, call, started } = view;
  const shoot = async (name) => {
    writeFileSync(join("build/tmp", name), Buffer.from(await call("GET", "/screenshot"), "base64"));
  };
  await until("first page", () => run("return document.querySelector('main') !== null"));
  console.log(`window: start to first page ${Date.now() - started} ms`);
  const rows = await until("decisions on Today", () =>
    run("return document.querySelectorAll('ul[data-decisions] > li').length || null"),
  );
  console.log(`window: Today shows ${rows} decisions, ${Date.now() - started} ms after the start`);
  const inbox = await view.wait(inboxLength);
  if (typeof inbox !== "number" || inbox < 1) throw new Error(`the bindings answered ${inbox}`);
  const lang = await run("return Intl.NumberFormat(document.documentElement.lang).format(1234.5)");
  if (lang !== "1,234.5") throw new Error(`with LANG=C the page formats numbers as ${lang}`);
  await until("a drawn chart", () => run(drawn));
  await shoot("window.png");
  await view.wait(dark);
  await until("dark colours", () => run("return document.documentElement.dataset.mantineColorScheme === 'dark'"));
  await shoot("window-dark.png");
  console.log("window: screenshots in build/tmp/window.png and window-dark.png");
} catch (error) {
  console.error(`window: ${error.message}`);
  failed = true;
} finally {
  await view?.close();
  rmSync(dir, { recursive: true, force: true });
}
console.log(failed ? "0 passed, 1 failed" : "1 passed, 0 failed");
process.exit(failed ? 1 : 0);
