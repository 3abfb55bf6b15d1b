import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const launchOptions = {
  executablePath: chromium,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
const shots = process.env.PURSER_SHOTS !== undefined;
/** The long walks over every page in every state: make gate. */
const gate = process.env.PURSER_GATE !== undefined;
const plain = { LANG: "C", LC_ALL: "C" };

/** The real program in Debian's Chromium. Each test has a data folder and a server of its own. */
export default defineConfig<{ serverEnv: Record<string, string> }>({
  testDir: "e2e",
  testIgnore: gate ? [] : [/access(-keys|-fit)?\.spec/],
  outputDir: "test-results",
  globalSetup: "./e2e/support/global-setup.ts",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  // Screenshots are made on demand: make shots.
  grepInvert: shots ? undefined : /@shots/,
  // A trace keeps the page before and after each key, which makes walks by Tab seven times as long: --trace on, by need.
  use: { viewport: { width: 1280, height: 800 }, launchOptions, trace: "off", screenshot: "only-on-failure" },
  projects: [
    { name: "chromium" },
    {
      // Where no language is set at all, numbers and days must still read the same.
      name: "c-locale",
      testMatch: "first-run.spec.ts",
      use: {
        locale: undefined,
        launchOptions: { ...launchOptions, env: { ...process.env, ...plain } },
        serverEnv: plain,
      },
    },
  ],
});
