import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/** The program without a window; make cli builds it. */
export const program = resolve(import.meta.dirname, "../../../build/bin/purser-cli");
/** A data folder with today's demo seller in it; global setup makes it. */
export const demoTemplate = resolve(import.meta.dirname, "../../../build/tmp/demo-template");

/** Whose data a server opens. */
export type Seller = "empty" | "demo";

/** A Purser that serves a data folder of its own. */
export type Server = {
  url: string;
  dir: string;
  /** What it has said on standard error so far. */
  said: () => string;
  stop: () => Promise<void>;
};

/** Makes a data folder that nobody else uses. */
export function newDataDir(seller: Seller): string {
  const dir = mkdtempSync(join(tmpdir(), "purser-e2e-"));
  if (seller === "demo") cpSync(demoTemplate, dir, { recursive: true });
  return dir;
}

/** Starts the program on the folder and waits for the address it prints. */
export async function serve(dir: string, seller: Seller, env: Record<string, string> = {}): Promise<Server> {
  const args = ["serve", "--json", "--data-dir", dir, ...(seller === "demo" ? ["--demo"] : [])];
  // No bus: a test must not put notifications on anyone's screen.
  const surroundings = { ...process.env, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent", DISPLAY: "", ...env };
  const child = spawn(program, args, { env: surroundings, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr?.on("data", (part: Buffer) => {
    said += part.toString();
  });
  const url = await address(child, () => said);
  const stop = async () => {
    const gone = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill("SIGTERM");
    await gone;
    rmSync(dir, { recursive: true, force: true });
  };
  return { url, dir, said: () => said, stop };
}

function address(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((found, failed) => {
    let out = "";
    child.stdout?.on("data", (part: Buffer) => {
      out += part.toString();
      const url = /"url":\s*"([^"]+)"/.exec(out)?.[1];
      if (url) found(url);
    });
    child.once("exit", (code) =>
      failed(new Error(`purser serve ended with ${code} before it said its address\n${said()}`)),
    );
    child.once("error", failed);
  });
}

/** Bytes; tables of large shops are printed whole. */
const mostPrinted = 64 << 20;

/** Runs a command of the program and answers what it printed, whatever its exit status. */
export async function purser(dir: string, ...args: string[]): Promise<{ status: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...args, "--data-dir", dir], {
      maxBuffer: mostPrinted,
    });
    return { status: 0, out: stdout, err: stderr };
  } catch (reason) {
    const { code, stdout, stderr } = reason as { code: number; stdout: string; stderr: string };
    return { status: code, out: stdout, err: stderr };
  }
}
