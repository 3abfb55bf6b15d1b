// The real window, driven through WebKitWebDriver by plain W3C WebDriver calls, no library.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Asks again until there is an answer. */
export async function until(what, test, limit = 120_000) {
  const end = Date.now() + limit;
  for (;;) {
    const got = await test().catch(() => undefined);
    if (got) return got;
    if (Date.now() > end) throw new Error(`timed out: ${what}`);
    await sleep(100);
  }
}

/**
 * Starts the driver on a port and build/bin/purser with it: `env` and `args` are the program's.
 * Answers the session: call(method, path, body), run(script), wait(script) for scripts that answer by arguments[0].
 */
export async function openWindow({ port, env, args }) {
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
    env: { ...process.env, LD_PRELOAD: resolve("build/tmp/libautomate.so"), LANG: "C", LC_ALL: "C", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ask = async (method, path, body) => {
    const res = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await res.json();
    if (!res.ok) throw new Error(`${path}: ${value?.message ?? res.status}`);
    return value;
  };
  try {
    await until("the driver", async () => (await ask("GET", "/status")).ready, 10_000);
    const started = Date.now();
    const { sessionId } = await ask("POST", "/session", {
      capabilities: {
        alwaysMatch: { "webkitgtk:browserOptions": { binary: resolve("build/bin/purser"), args } },
      },
    });
    const call = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body);
    return {
      started,
      driver,
      call,
      run: (script) => call("POST", "/execute/sync", { script, args: [] }),
      wait: (script) => call("POST", "/execute/async", { script, args: [] }),
      close: async () => {
        await ask("DELETE", `/session/${sessionId}`).catch(() => undefined);
        driver.kill();
        await sleep(300);
      },
    };
  } catch (error) {
    driver.kill();
    throw error;
  }
}
