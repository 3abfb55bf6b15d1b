import { expect, it } from "vitest";
import { lonelyDays } from "./lonely-days";

it("finds the days that no line would show", () => {
  expect(lonelyDays([3, null, 0, null, 5, 6, null, 7])).toEqual([0, 2, 7]);
  expect(lonelyDays([1, 2, 3])).toEqual([]);
});
