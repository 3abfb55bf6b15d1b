import { expect, test } from "vitest";
import { changeWords } from "./change-words";
import {
  entityWords,
  readBackDetail,
  readBackWords,
  reasonWords,
  refWords,
  type Told,
  valueWords,
} from "./value-words";

const [a, b] = ["107a7bee9ca0", "22bb7bee9ca0"];
const told = (rest: Partial<Told>): Told => ({
  kind: "task",
  entity: "decision:d1",
  state: "verified",
  before: "",
  after: a,
  seen: a,
  ...rest,
});

test.each([
  [{}, "the task is there, as approved"],
  [{ kind: "bid", after: "0.42", seen: "0.42" }, "the value is there, as approved"],
  [{ before: a, after: "", seen: "" }, "the task is gone, as approved"],
  [{ before: a, after: "", seen: "", state: "approved" }, ""],
  [{ before: a, after: "", seen: a, state: "mismatch" }, "the task is still there; it was to be gone"],
  [{ seen: "" }, ""],
  [{ seen: "", state: "mismatch" }, "the task is not there"],
  [{ before: b, seen: b, state: "mismatch" }, "the task is as it was before"],
  [{ seen: b, state: "mismatch" }, "another task is there than was approved"],
  [
    { kind: "inventory.restock", after: "480 for d1", seen: "1 for d2", state: "mismatch" },
    "found: 1 unit; approved: 480 units",
  ],
])("%o is told as %s", (rest, words) => {
  expect(readBackWords(told(rest))).toBe(words);
});

test("what was read itself is kept where the words say less", () => {
  expect(readBackDetail(told({}))).toBe(a);
  expect(readBackDetail(told({ seen: "480 for d1" }))).toBe("480 for d1");
  expect(readBackDetail(told({ seen: "0.42" }))).toBe("");
});

test("reasons quote no hashes, and keep what can be read", () => {
  expect(reasonWords(`It was changed since the approval, from "${b}" to "${a}".`, told({ before: b }))).toBe(
    "It was changed since the approval, from the task as it was to the task that was approved.",
  );
  expect(reasonWords('"0.42" was to be there, and there is "0.50".', told({ kind: "bid" }))).toBe(
    '"0.42" was to be there, and there is "0.50".',
  );
  expect(reasonWords("", told({}))).toBe("");
});

test("the hash that binds a message is no part of what it does", () => {
  expect(valueWords(`sent to https://example.com, message ${a}`)).toBe("sent to https://example.com");
  expect(valueWords(`shown, ${a}`)).toBe("shown");
  const payload = '{"title":"Low"}';
  expect(changeWords({ payload, before: "", after: `shown, ${a}` }, "en")).toEqual({ before: "", after: "shown" });
});

test("what Purser keeps itself is named by what it is", () => {
  expect(entityWords(told({}))).toBe("this task");
  expect(entityWords({ kind: "webhook", entity: "US/SKU-1" })).toBe("US/SKU-1");
  expect(refWords({ ref: "decision:d1", entity: "decision:d1", decision: "d1" })).toBe("");
  expect(refWords({ ref: "msg_7", entity: "US/A", decision: "d1" })).toBe("msg_7");
});
