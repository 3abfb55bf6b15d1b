import { expect, test } from "vitest";
import { timeLeft, withTiming } from "./pace";

test("before anything was timed an item takes a minute and a half", () => {
  expect(timeLeft(20, [])).toBe("about 30 min left");
  expect(timeLeft(0, [])).toBe("");
});

test("what was timed counts, and one long pause does not", () => {
  expect(timeLeft(12, [60, 60, 3600])).toBe("about 12 min left");
  expect(timeLeft(10, [30, 60])).toBe("about 8 min left");
  expect(timeLeft(1, [4])).toBe("about 1 min left");
});

test("only the newest timings are kept", () => {
  const timings = Array.from({ length: 20 }, (_, n) => n).reduce<number[]>((all, n) => withTiming(all, n), []);
  expect(timings).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
});
