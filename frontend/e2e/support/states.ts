import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Watch } from "./fixtures.ts";
import { orders, type Product, type Report, stock } from "./reports.ts";
import { newDataDir, purser, type Seller } from "./server.ts";
import { breakModules } from "./trouble.ts";

/**
 * What a page may be found in: filled by the demo or by a seller's own files, with files that are too old, with
 * nothing, with modules that do not start, or with a program that does not answer.
 */
export type State = "demo" | "files" | "stale" | "empty" | "failed" | "error";

/** Which seller's data folder a state has. */
export const sellerOf: Record<State, Seller> = {
  demo: "demo",
  files: "empty",
  stale: "empty",
  empty: "empty",
  failed: "demo",
  error: "demo",
};

const products: readonly Product[] = Array.from({ length: 24 }, (_, n) => ({
  sku: `LAMP-${n + 1}`,
  asin: `B0ACCESS${String(n).padStart(2, "0")}`,
  title: `Reading lamp ${n + 1}, warm white, with clamp`,
  perDay: 1 + (n % 4),
  price: `${12 + n}.90`,
}));

/** Makes a data folder in that state. */
export async function folderOf(state: State): Promise<string> {
  const dir = newDataDir(sellerOf[state]);
  if (state === "failed") breakModules(dir);
  if (state === "files") await take(dir, reports(), 0);
  if (state === "stale") await take(dir, reports(), 40);
  return dir;
}

function reports(): Report[] {
  return [orders("orders.txt", products, 60), stock("stock.txt", products, 30)];
}

/** Imports the reports as if all of it had happened so many days earlier. */
async function take(dir: string, all: readonly Report[], days: number): Promise<void> {
  const folder = join(dir, "downloads");
  mkdirSync(folder);
  const files = all.map(({ name, text }) => {
    writeFileSync(
      join(folder, name),
      text.replaceAll(/\b20\d\d-\d\d-\d\d\b/g, (day) => earlier(day, days)),
    );
    return join(folder, name);
  });
  const at = new Date(Date.now() - days * 86_400_000).toISOString();
  const { status, out, err } = await purser(dir, "import", "--marketplace", "US", "--observed-at", at, ...files);
  expect(status, `${out}\n${err}`).toBe(0);
}

function earlier(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** From now on the program answers nothing about figures, facts and decisions; the window itself goes on. */
export async function answerNothing(page: Page, watch: Watch): Promise<void> {
  watch.expected.push(/"code":\s*"unreadable"/);
  const message = "The database could not be read.";
  const hint = "Free some space on the disk, then try again.";
  const body = JSON.stringify({ error: { code: "unreadable", message, hint } });
  await page.route(/\/__call\/(?!app\.)/, (route) =>
    route.fulfill({ status: 500, contentType: "application/json", body }),
  );
}
