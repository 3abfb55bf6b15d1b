import { test as base, expect, type Page } from "@playwright/test";
import { newDataDir, type Seller, type Server, serve } from "./server.ts";

/** What the browser noticed and no page may cause. */
export type Watch = {
  faults: string[];
  /** Answers with an error that the test itself provokes. */
  expected: RegExp[];
  stop: () => void;
};

type Options = { serverEnv: Record<string, string> };
type Fixtures = {
  /** Starts a server on a new data folder, or on the given one; it ends with the test. */
  start: (seller: Seller, dir?: string) => Promise<Server>;
  /** Starts a server and opens it; the test fails if the page misbehaves at any time. */
  open: (seller: Seller, dir?: string) => Promise<Server>;
  watch: Watch;
};

/** Of what a server said, when a test failed. */
const mostLines = 30;

export const test = base.extend<Options & Fixtures>({
  serverEnv: [{}, { option: true }],
  start: async ({ serverEnv }, use, info) => {
    const servers: Server[] = [];
    await use(async (seller, dir = newDataDir(seller)) => {
      const server = await serve(dir, seller, serverEnv);
      servers.push(server);
      return server;
    });
    if (info.status !== info.expectedStatus) {
      for (const server of servers) process.stdout.write(`${server.said().split("\n").slice(-mostLines).join("\n")}\n`);
    }
    await Promise.all(servers.map((server) => server.stop()));
  },
  watch: async ({ page }, use) => {
    const watch = await watchPage(page);
    await use(watch);
    expect(watch.faults, "console errors, exceptions, dialogs and policy violations").toEqual([]);
  },
  // The watch comes first, so that it ends after the server did: what was seen before counts.
  open: async ({ page, start, watch }, use) => {
    await use(async (seller, dir) => {
      const server = await start(seller, dir);
      await page.goto(server.url);
      await page.locator("main h1").first().waitFor({ state: "attached" });
      return server;
    });
    watch.stop();
  },
});

export { expect };

/** Collects console errors, exceptions, dialogs and violations of the content security policy. */
export async function watchPage(page: Page): Promise<Watch> {
  const faults: string[] = [];
  const expected: RegExp[] = [];
  let on = true;
  const add = (text: string) => {
    if (on && !expected.some((pattern) => pattern.test(text))) faults.push(text);
  };
  // That an answer was an error is noted below, with what it said.
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      add(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => add(`exception: ${error.message}`));
  page.on("dialog", (dialog) => {
    add(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("response", (answer) => {
    // The account was closed while it was asked: the page asks the next one, and shows no error.
    if (answer.status() < 400 || answer.status() === 409) return;
    const text = answer.text().catch(() => "");
    void text.then((body) => add(`answer: ${answer.status()} ${answer.url()} ${answer.request().postData()} ${body}`));
  });
  page.on("popup", (popup) => add(`popup: ${popup.url()}`));
  await page.exposeFunction("reportViolation", (text: string) => add(`policy: ${text}`));
  await page.addInitScript(() => {
    // How many answers the page waits for, and since when it has waited for none.
    const reading = { now: 0, last: performance.now() };
    Object.assign(window, { reading });
    const ask = window.fetch;
    window.fetch = (...asked) => {
      reading.now += 1;
      return ask(...asked).finally(() => {
        reading.now -= 1;
        reading.last = performance.now();
      });
    };
    document.addEventListener("securitypolicyviolation", (event) => {
      const { reportViolation } = window as unknown as { reportViolation: (text: string) => void };
      reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return {
    faults,
    expected,
    stop: () => {
      on = false;
    },
  };
}

/** Seconds with one decimal, for what a test prints. */
export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Prints a measured figure beside the test's line. */
export function report(text: string): void {
  process.stdout.write(`    ${text}\n`);
}

/** Goes to a page of the window by its address behind the #, as a link in it would. */
export async function goTo(page: Page, path: string, heading?: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = `#${to}`;
  }, path);
  if (heading) await expect(page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeAttached();
  await settled(page);
}

/** Waits until the page has its heading and has read nothing for a moment. */
export async function settled(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor({ state: "attached" });
  await page.waitForFunction((quietMs) => {
    const { reading } = window as unknown as { reading: { now: number; last: number } };
    return reading.now === 0 && performance.now() - reading.last > quietMs;
  }, 80);
}

/** Calls a bound method as the page would, to compare what is shown with what is so. */
export function bound<Output>(page: Page, method: string, input?: unknown): Promise<Output> {
  return page.evaluate(
    ([name, argument]) => {
      const [pkg = "", api = "", fn = ""] = (name as string).split(".");
      const { go } = window as unknown as {
        go: Record<string, Record<string, Record<string, (i?: unknown) => unknown>>>;
      };
      return (argument === undefined ? go[pkg]?.[api]?.[fn]?.() : go[pkg]?.[api]?.[fn]?.(argument)) as Output;
    },
    [method, input] as const,
  );
}
