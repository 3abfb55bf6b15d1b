import { describe, expect, it } from "vitest";
import { parseFigure, problemOf } from "./figure";

describe("a typed figure", () => {
  it.each([
    ["-20", -20],
    ["−20 %", -20],
    [" 12.5 ", 12.5],
    ["7,5 days", 7.5],
    ["", null],
    ["ten", null],
    ["1.2.3", null],
    ["1e9", null],
  ])("%j is %s", (text, figure) => {
    expect(parseFigure(text)).toBe(figure);
  });

  it("says what is wrong with it", () => {
    expect(problemOf("x", { min: 0, max: 90 })).toBe("Write a number");
    expect(problemOf("91", { min: 0, max: 90 })).toBe("Between 0 and 90");
    expect(problemOf("90", { min: 0, max: 90 })).toBe("");
  });
});
