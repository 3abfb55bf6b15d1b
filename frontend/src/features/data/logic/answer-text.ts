import type { Failure } from "../api/types";

/** A failed answer as text for Amazon's support. */
export function answerText({ at, operation, status, request_id, message, raw }: Failure): string {
  return [
    ["At", at],
    ["Operation", operation],
    ["Status", status === 0 ? "no answer" : String(status)],
    ["Request id", request_id],
    ["Message", message],
    ["Answer", raw],
  ]
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
