import type { Call } from "./contract";

/** A call into the Go program that failed, in words for a person. */
export class CallError extends Error {
  readonly code: string;
  readonly module: string;
  readonly hint: string;
  readonly method: string;

  constructor(parts: { code: string; module?: string; message: string; hint?: string; method?: string }) {
    super(parts.message);
    this.name = "CallError";
    this.code = parts.code;
    this.module = parts.module ?? "";
    this.hint = parts.hint ?? "";
    this.method = parts.method ?? "";
  }
}

type Bound = (input?: unknown) => Promise<unknown>;
type BoundPackages = Record<string, Record<string, Record<string, Bound | undefined> | undefined> | undefined>;

declare global {
  interface Window {
    go?: BoundPackages;
  }
}

export const callTimeoutMs = 30_000;

/**
 * Calls a bound Go method by its full name, for example call<Task>("decisions.API.CheckTask", { id, step, done }).
 * Name, input and answer are held against what Go's structs say (see contract.ts).
 * A promise that never settles would hang a page for ever, so every call has a time limit.
 */
export function call<Answer = unknown>(...args: Call<Answer>): Promise<Answer>;
export async function call(method: string, input?: unknown, timeoutMs = callTimeoutMs): Promise<unknown> {
  const bound = lookUp(method);
  if (!bound) {
    throw new CallError({
      code: "unavailable",
      method,
      message: "This part of Purser did not answer.",
      hint: "It may still be starting. Try again in a moment.",
    });
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new CallError({
          code: "timeout",
          method,
          message: "Purser did not get an answer in time.",
          hint: "What you see is the last that was read. Try again.",
        }),
      );
    }, timeoutMs);
  });
  try {
    return await Promise.race([input === undefined ? bound() : bound(input), limit]);
  } catch (reason) {
    throw toCallError(reason, method);
  } finally {
    clearTimeout(timer);
  }
}

function lookUp(method: string): Bound | undefined {
  const [pkg = "", struct = "", name = ""] = method.split(".");
  return window.go?.[pkg]?.[struct]?.[name];
}

/** Wails rejects with a JSON string, the web host with an object, the platform with an Error. */
export function toCallError(reason: unknown, method = ""): CallError {
  if (reason instanceof CallError) return reason;
  const parts = asParts(reason);
  if (parts) return new CallError({ ...parts, method });
  const message = reason instanceof Error ? reason.message : String(reason ?? "");
  return new CallError({ code: "internal", method, message: message || "It failed without saying why." });
}

function asParts(reason: unknown): { code: string; module: string; message: string; hint: string } | null {
  if (typeof reason === "string") {
    const text = reason.trim();
    if (!text.startsWith("{")) return null;
    try {
      return asParts(JSON.parse(text));
    } catch {
      return null;
    }
  }
  if (typeof reason !== "object" || reason === null || !("message" in reason)) return null;
  const { code, module, message, hint } = reason as Record<string, unknown>;
  if (typeof message !== "string" || typeof code !== "string") return null;
  return { code, module: text(module), message, hint: text(hint) };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
