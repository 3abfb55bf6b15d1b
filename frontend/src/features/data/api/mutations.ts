import { call } from "@/lib/call";
import type { ImportInput } from "./types";

/** Reads files without storing anything; the job's files say what was found. */
export function startPreview(input: ImportInput): Promise<string> {
  return call<{ job_id: string }>("ingest.API.Preview", input).then((out) => out.job_id);
}

/** Takes the files in. Everything that depends on them is told by "changed:" events. */
export function startImport(input: ImportInput): Promise<string> {
  return call<{ job_id: string }>("ingest.API.Import", input).then((out) => out.job_id);
}
