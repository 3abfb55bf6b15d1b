import { expect, test } from "vitest";
import { batchOf, line } from "./action-fixture";
import { byRisk, levelCounts, levelSentence, levelWords, refused, withoutAmount } from "./batch";

test("the riskiest come first, the worst before all, and none is shown twice", () => {
  const lines = ["A", "B", "C", "D"].map((id) => line(id));
  const { risky, others } = byRisk(batchOf(lines, { riskiest: ["D", "B", "A"] }));
  expect(risky.map((one) => one.decision)).toEqual(["D", "B", "A"]);
  expect(others.map((one) => one.decision)).toEqual(["C"]);
});

test("levels are told from the gentlest, with how many each has", () => {
  const lines = [line("A", { level: 3 }), line("B", { level: 0 }), line("C"), line("D", { level: 2 })];
  expect(levelCounts(lines)).toEqual([
    { level: 1, count: 2 },
    { level: 2, count: 1 },
    { level: 3, count: 1 },
  ]);
});

test.each([
  [1, 1, 1, "It stays on this computer, can be undone"],
  [2, 2, 3, "2 leave this computer in 10 s, can be taken back until then"],
  [3, 1, 3, "1 leaves this computer for good"],
  [3, 3, 3, "All 3 leave this computer for good"],
] as const)("level %d of %d of %d", (level, count, lines, words) => {
  expect(levelSentence(level, 10, count, lines)).toBe(words);
});

test("a line says where it goes", () => {
  expect([0, 1, 2, 3].map((level) => levelWords(level as 0 | 1 | 2 | 3, 10).short)).toEqual([
    "stays here",
    "stays here",
    "leaves in 10 s",
    "leaves for good",
  ]);
});

test("units without a known cost are counted, a task that costs nothing is not", () => {
  const money = { minor: 100, currency: "USD", text: "$1.00" };
  expect(withoutAmount([line("A"), line("B", { money }), line("C", { units: 0 })])).toBe(1);
  expect(refused([line("A", { against: ["Too many."] }), line("B")])).toEqual(["A"]);
});
