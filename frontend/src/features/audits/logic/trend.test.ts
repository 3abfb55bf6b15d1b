import { expect, test } from "vitest";
import { dayNumber } from "@/lib/format";
import type { Trend } from "../api/types";
import { countWords, trendChart } from "./trend";

const on = (day: string, passed: number, failed: number): Trend => ({
  day,
  checks: 10,
  passed,
  failed,
  cannot_tell: 10 - passed - failed,
  crashed: 0,
  by_hand: 0,
  not_run: 0,
  stale: 0,
});

test("results stand until the next day with results", () => {
  const chart = trendChart([on("2026-11-20", 4, 3), on("2026-11-23", 6, 1)], "en-US", "2026-11-25T00:00:00Z");
  expect(chart?.days).toEqual([0, 1, 2, 3].map((n) => dayNumber("2026-11-20") + n));
  expect(chart?.lines.map(({ label, values }) => [label, values])).toEqual([
    ["Passed", [4, 4, 4, 6]],
    ["Failed", [3, 3, 3, 1]],
  ]);
  expect(chart?.title).toBe("6 of 10 passed, 2 more than on 20 Nov");
});

test("the finding says when fewer, or as many, passed", () => {
  const titled = (passed: number) =>
    trendChart([on("2026-11-20", 4, 3), on("2026-11-21", passed, 1)], "en-US", "2026-11-25")?.title;
  expect(titled(3)).toBe("3 of 10 passed, 1 fewer than on 20 Nov");
  expect(titled(4)).toBe("4 of 10 passed, as many as on 20 Nov");
});

test("one day is no line", () => {
  expect(trendChart([], "en-US", "")).toBeNull();
  expect(trendChart([on("2026-11-20", 4, 3)], "en-US", "")).toBeNull();
});

test("counts name what did not pass, crashed ones apart from failed ones", () => {
  const { day: _, ...counts } = { ...on("2026-11-20", 4, 3), crashed: 1, cannot_tell: 0 };
  expect(countWords(counts).map(({ text }) => text)).toEqual(["1 crashed", "3 failed"]);
});
