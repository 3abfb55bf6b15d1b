import { spawn } from "node:child_process";
import { join } from "node:path";
import { program } from "./server.ts";

/** What a person enters to connect one API of one region. */
export type Entry = {
  api: string;
  region: string;
  client_id: string;
  client_secret: string;
  refresh_token: string;
  secret_created: string;
  seller_id: string;
};

/** A change of adverts, as the practice Amazon keeps it. */
export type AdChange = { list: string; id: string; fields: { bid?: number } };

/** An Amazon to practise on, in a process of its own: ended, it cannot be reached. */
export type Amazon = {
  url: string;
  /** Starts it anew, with what was changed there, at the address it had. */
  again: () => Promise<Amazon>;
  entry: (api: string, region: string) => Entry;
  changes: () => Promise<AdChange[]>;
  stop: () => Promise<void>;
};

type Told = { url: string; state: string; connect: Entry[] };

/** Starts it on a port of this computer, any free one by itself; what is changed there is kept in the folder. */
export async function startAmazon(folder: string, port = "0"): Promise<Amazon> {
  const args = ["simulate", "--json", "--port", port, "--speed", "1000", "--state-file", join(folder, "amazon.json")];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  const told = await new Promise<Told>((found, failed) => {
    let out = "";
    let said = "";
    child.stderr.on("data", (part: Buffer) => {
      said += part.toString();
    });
    child.stdout.on("data", (part: Buffer) => {
      out += part.toString();
      // It is printed whole, and then nothing more.
      if (out.endsWith("}\n")) found(JSON.parse(out) as Told);
    });
    child.once("exit", (code) => failed(new Error(`purser simulate ended with ${code}\n${said}`)));
    child.once("error", failed);
  });
  return {
    url: told.url,
    again: () => startAmazon(folder, new URL(told.url).port),
    entry: (api, region) => {
      const entry = told.connect.find((one) => one.api === api && one.region === region);
      if (!entry) throw new Error(`the practice Amazon has no ${api} in ${region}`);
      return entry;
    },
    changes: async () =>
      ((await (await fetch(told.state)).json()) as { ad_changes: AdChange[] | null }).ad_changes ?? [],
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((done) => child.once("exit", () => done()));
      child.kill("SIGTERM");
      await gone;
    },
  };
}
