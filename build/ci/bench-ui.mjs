// Measures the window on a large seller: in Chromium against `purser serve`, or in the real window.
// Input: "chromium" or "window", and the data folder. Output: figures, each beside its goal; see bench-ui.sh.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { percentile, say, sayFigure, sayInteraction } from "../../frontend/bench/figures.mjs";
import { chartsAddress, scenarios } from "../../frontend/bench/interactions.mjs";
import { chromium, realWindow } from "./bench-browsers.mjs";
import { until } from "./webkit.mjs";

const goals = { interactionMs: 100, chartsMs: 200, frameMs: 16.7, firstPaintMs: 300 };
const [what, dir] = process.argv.slice(2);
const probe = readFileSync("frontend/bench/probe.js", "utf8");
const rowsThere = `() => document.querySelector("main tbody tr[data-index]") !== null`;

/** Loads the window anew on a page and waits until it is at rest. */
async function load(browser, path) {
  await browser.run(`() => { location.hash = "#${path}"; setTimeout(() => location.reload(), 0); }`);
  await sleep(200);
  await until("the rows", () => browser.run(rowsThere), 60_000);
  await browser.run(`() => {${probe}}`);
  await rest(browser);
}

const rest = (browser) => until("rest", () => browser.run("() => window.probe.quiet()"), 60_000);

/** Presses a key and answers how long it took until the page was at rest. */
async function timed(browser, key) {
  await browser.run("() => window.probe.arm()");
  await browser.key(key);
  return until(`what ${key} does`, () => browser.run("() => window.probe.result()"), 30_000);
}

async function step(browser, { script, key, title, reading }, found) {
  if (script) {
    const once = () => browser.run(`() => { window.probe.touch(); return (${script})() !== false; }`);
    await until("what a step needs", once, 30_000);
    await rest(browser);
    return;
  }
  const took = await timed(browser, key);
  const name = reading && took.calls > 0 ? reading : title;
  if (name) found.set(name, [...(found.get(name) ?? []), took]);
}

async function measureInteractions(browser) {
  say("Keys: from the event to the second frame after the first change, and after the last");
  for (const { path, rounds, fresh = rounds, begin = () => [], steps } of scenarios) {
    const found = new Map();
    for (let round = 0; round < rounds; round++) {
      const first = round % fresh === 0;
      if (first) await load(browser, path);
      for (const one of [...(first ? begin() : []), ...steps(round)]) await step(browser, one, found);
    }
    for (const [title, all] of found) sayInteraction(title, all, goals.interactionMs);
  }
}

async function measureCharts(browser, rounds = 20) {
  await load(browser, "/sales");
  const took = [];
  let count = 0;
  for (let round = 0; round < rounds; round++) {
    await browser.run(`() => { location.hash = "#/settings?section=about"; }`);
    await sleep(300);
    const found = await browser.run(`() => window.probe.charts(${JSON.stringify(chartsAddress(round))})`);
    if (found.count > 0) took.push(found.ms);
    count = Math.max(count, found.count);
  }
  if (took.length === 0) return say("  charts                         were not painted");
  const [half, most] = [percentile(took, 0.5), percentile(took, 0.95)];
  const figures = `after the last answer p50 ${half.toFixed(0)} ms p95 ${most.toFixed(0)} ms`;
  sayFigure(`${count} charts on the screen`, figures, most, goals.chartsMs);
}

async function measureFrames(browser) {
  await load(browser, "/sales?charts=none");
  const frames = await browser.run("() => window.probe.scroll(300, 90)");
  const [half, most] = [percentile(frames, 0.5), percentile(frames, 0.95)];
  const figures = `p50 ${half.toFixed(1)} ms p95 ${most.toFixed(1)} ms`;
  sayFigure("frames while the table scrolls", figures, most, goals.frameMs);
}

/** What nothing can be faster than: two frames after the smallest change there is. */
async function measureFloor(browser) {
  await load(browser, "/sales");
  const frames = await browser.run("() => window.probe.floor(40)");
  const figures = `p50 ${percentile(frames, 0.5).toFixed(0)} ms p95 ${percentile(frames, 0.95).toFixed(0)} ms`;
  sayFigure("two frames, of a mark of a pixel", figures, 0);
}

const firstPaint = `() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0`;

async function measureStart(browser, rounds = 5) {
  const took = [];
  for (let round = 0; round < rounds; round++) {
    await load(browser, "/sales");
    const at = await browser.run(firstPaint);
    if (at > 0) took.push(at);
  }
  if (took.length === 0) return say("  first contentful paint         is not told by this browser");
  const half = percentile(took, 0.5);
  sayFigure("first contentful paint", `p50 ${half.toFixed(0)} ms`, half, goals.firstPaintMs);
}

const browser = what === "window" ? await realWindow(dir) : await chromium(dir);
try {
  await until("the window", () => browser.run(`() => document.querySelector("main h1") !== null`));
  say(`In ${browser.name}`);
  await load(browser, "/sales");
  await sleep(5000); // after its start the program evaluates the rules; make bench measures that
  await rest(browser);
  await measureStart(browser);
  await measureFloor(browser);
  await measureInteractions(browser);
  await measureCharts(browser);
  await measureFrames(browser);
  say(`  memory                         ${await browser.memory()}`);
} finally {
  await browser.close();
}
