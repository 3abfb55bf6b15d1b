import { expect, test } from "vitest";
import type { Report } from "../api/types";
import { fakeLot, fakeMonth, fakeRow } from "../testdata/review";
import { reportText } from "./report-text";

const report: Report = {
  ...fakeMonth({ state_text: "Done" }),
  sentence: "Looked at 3 of 40 decided. 1 wrong, 0 critical.",
  lots: [fakeLot({ looked: 3, wrong: 1, blocked: "Held back until a later month." })],
  found: [fakeRow(2, { verdict: "wrong", verdict_text: "Wrong" })],
  look_again: [],
  effects: ["20 Nov: The default policy proposes again."],
  rerun: { same: 2, different: 0, cannot: 1 },
};

test("the report as text holds what the page holds", () => {
  const text = reportText(report, "en-US", "2026-11-25T19:00:00Z");
  expect(text).toContain("Review of decisions, November 2026: Done");
  expect(text).toContain("Add to the draft order: looked at 3 of 3, of 40 dealt with. 1 wrong, 0 critical.");
  expect(text).toContain("With 95 % certainty at most 4.9 in 100 are wrong.");
  expect(text).toContain("At risk, committed: $490.00 of $10000.00");
  expect(text).toContain("Held back until a later month.");
  expect(text).toContain("- Item 2 sells out 12 Dec (Default policy, v3, US/SKU-102): Wrong");
  expect(text).toContain("Run again: 2 the same, 0 different, 1 cannot be run again.");
  expect(text).not.toContain("looked at again");
});
