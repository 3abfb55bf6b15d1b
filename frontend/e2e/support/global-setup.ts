import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { demoTemplate, program, purser } from "./server.ts";

/** Makes the demo seller once, so that each test only copies it; one of the same build and day is kept. */
// biome-ignore lint/style/noDefaultExport: Playwright asks for one.
export default async function globalSetup() {
  if (!existsSync(program)) throw new Error(`${program} is missing: run make cli first.`);
  const mark = join(demoTemplate, "demo", "demo.json");
  if (existsSync(mark) && statSync(mark).mtimeMs < statSync(program).mtimeMs) rmSync(demoTemplate, { recursive: true });
  const { status, err } = await purser(demoTemplate, "brief", "--demo", "--json");
  if (status !== 0) throw new Error(`the demo could not be made: ${err}`);
}
