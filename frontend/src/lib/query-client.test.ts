import { QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { CallError } from "./call";
import { createQueryClient } from "./query-client";

async function asked(code: string, failures: number): Promise<{ status: string; times: number }> {
  const client = createQueryClient();
  let times = 0;
  const observer = new QueryObserver(client, {
    queryKey: [code],
    queryFn: () => {
      times += 1;
      if (times <= failures) throw new CallError({ code, message: "It failed." });
      return "answer";
    },
  });
  const stop = observer.subscribe(() => {});
  await vi.waitFor(() => expect(observer.getCurrentResult().status).not.toBe("pending"), 5000);
  stop();
  return { status: observer.getCurrentResult().status, times };
}

test("what a closed account did not answer is asked of the next one", async () => {
  expect(await asked("cancelled", 1)).toEqual({ status: "success", times: 2 });
});

test("that is not tried for ever", async () => {
  expect(await asked("cancelled", 99)).toEqual({ status: "error", times: 4 });
});

test("no other failure is tried again by itself", async () => {
  expect(await asked("internal", 1)).toEqual({ status: "error", times: 1 });
});
