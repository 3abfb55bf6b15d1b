// The two that a page is measured in. Each answers run(function as text), which may answer later, key(name) for a key
// that is really pressed, memory() in words, and close().
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { openWindow, until } from "./webkit.mjs";

/** Chromium, as the tests have it, on a server of its own. */
export async function chromium(dir) {
  const server = spawn("build/bin/purser-cli", ["serve", "--json", "--data-dir", dir], {
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent", DISPLAY: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  server.stdout.on("data", (part) => {
    out += part;
  });
  const url = await until("the server", async () => /"url":\s*"([^"]+)"/.exec(out)?.[1], 60_000);
  const { chromium: engine } = createRequire(resolve("frontend/package.json"))("playwright-core");
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  const browser = await engine.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(url);
  const devtools = await page.context().newCDPSession(page);
  return {
    name: `Chromium ${browser.version()}`,
    run: (body) => page.evaluate(`(${body})()`),
    key: (name) => page.keyboard.press(name),
    memory: async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      const { usedSize } = await devtools.send("Runtime.getHeapUsage");
      return `JS heap ${(usedSize / 1e6).toFixed(1)} MB`;
    },
    close: async () => {
      await browser.close();
      server.kill("SIGTERM");
    },
  };
}

const codes = { Enter: "\uE007", Escape: "\uE00C", PageDown: "\uE00F" };

/** The shipped program: GTK, WebKit and the bindings of Wails. */
export async function realWindow(dir) {
  const view = await openWindow({ port: 4478, env: { PURSER_DATA_DIR: dir }, args: [] });
  await view.call("POST", "/timeouts", { script: 60_000 });
  const pressed = (value) => ({ type: "key", id: "keys", actions: ["keyDown", "keyUp"].map((type) => ({ type, value })) });
  return {
    name: "the real window (WebKitGTK)",
    run: async (body) => {
      const script = `const [done] = arguments; (async () => (${body})())().then(done, (e) => done({ failed: String(e) }));`;
      const answer = await view.wait(script);
      if (answer?.failed) throw new Error(answer.failed);
      return answer;
    },
    key: (name) => view.call("POST", "/actions", { actions: [pressed(codes[name] ?? name)] }),
    memory: async () => `web process ${webProcessMB()} MB resident`,
    close: view.close,
  };
}

/** WebKit does not tell its heap; this is the memory of the newest of its processes that draw pages. */
function webProcessMB() {
  const found = readdirSync("/proc").flatMap((pid) => {
    const status = `/proc/${pid}/status`;
    try {
      const text = /^\d+$/.test(pid) ? readFileSync(status, "utf8") : "";
      return text.startsWith("Name:\tWebKitWebProces") ? [{ pid: Number(pid), kB: Number(/^VmRSS:\s*(\d+)/m.exec(text)?.[1]) }] : [];
    } catch {
      return []; // it has ended meanwhile
    }
  });
  const newest = found.sort((a, b) => b.pid - a.pid)[0];
  return newest ? Math.round(newest.kB / 1000) : "?";
}
