// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { CallError, call, toCallError } from "./call";

afterEach(() => {
  window.go = undefined;
  vi.useRealTimers();
});

const input = { tab: "needs", marketplace: "" };

function bind(method: (input?: unknown) => Promise<unknown>) {
  window.go = { decisions: { API: { Inbox: method } } };
}

describe("call", () => {
  it("passes the input and gives the output", async () => {
    bind(async (given) => ({ echoed: given }));
    await expect(call("decisions.API.Inbox", input)).resolves.toEqual({ echoed: input });
  });

  it("says so when the method is not there", async () => {
    await expect(call("decisions.API.Inbox", input)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("gives up after the time limit", async () => {
    vi.useFakeTimers();
    bind(() => new Promise(() => {}));
    const answer = expect(call("decisions.API.Inbox", input)).rejects.toMatchObject({ code: "timeout" });
    await vi.advanceTimersByTimeAsync(30_000);
    await answer;
  });

  it.each([
    ["a JSON string", '{"code":"stale","module":"sales","message":"Old","hint":"Import"}'],
    ["an object", { code: "stale", module: "sales", message: "Old", hint: "Import" }],
  ])("reads an error that arrives as %s", async (_name, reason) => {
    bind(() => Promise.reject(reason));
    const error = await call("decisions.API.Inbox", input).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CallError);
    expect(error).toMatchObject({
      code: "stale",
      module: "sales",
      message: "Old",
      hint: "Import",
      method: "decisions.API.Inbox",
    });
  });

  it.each(["boom", new Error("boom"), "{boom"])("keeps the words of %s", (reason) => {
    expect(toCallError(reason)).toMatchObject({ code: "internal" });
    expect(toCallError(reason).message).toContain("boom");
  });
});
