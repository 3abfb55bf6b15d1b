import { expect, test } from "vitest";
import { lookText, partsOf, resumeText } from "./words";

const status = {
  stopped: true,
  stop_file: "/data/STOP",
  waiting: 0,
  sending: 0,
  unknown: 0,
  mismatch: 0,
  stopped_kinds: [],
};

test("the strip says what waits, what had begun and what nobody knows", () => {
  expect(partsOf(status)).toEqual([{ text: "Nothing waits." }]);
  expect(partsOf({ ...status, waiting: 3, sending: 1, unknown: 2, mismatch: 1, stopped_kinds: [] })).toEqual([
    { text: "3 approvals wait.", state: "approved" },
    { text: "1 had begun and ends; nothing else begins.", state: "sending" },
    { text: "2 of unknown fate, 1 not as approved.", state: "look" },
  ]);
  expect(partsOf({ ...status, waiting: 1, sending: 2 }).map(({ text }) => text)).toEqual([
    "1 approval waits.",
    "2 had begun and end; nothing else begins.",
  ]);
});

test("what must be looked at is nothing, or counted by its kind", () => {
  expect(lookText(status)).toBe("");
  expect(lookText({ unknown: 0, mismatch: 4 })).toBe("4 not as approved");
});

test("the second press says what goes on", () => {
  expect(resumeText(status)).toBe("Press again to resume");
  expect(resumeText({ ...status, waiting: 1 })).toBe("Press again: 1 approval goes on");
  expect(resumeText({ ...status, waiting: 12 })).toBe("Press again: 12 approvals go on");
});
