import { describe, expect, it } from "vitest";
import type { Result, Why } from "../api/types";
import { casesOf, hasWords, isCondition, shownValue, tellingLine } from "./reasons";

const line = (name: string, text: string, result: Result, depth = 0): Why => ({
  case: name,
  clause: "",
  expression: "",
  text,
  value: "",
  unit: "",
  source: "",
  as_of: "",
  maturity: "fresh",
  result,
  depth,
  note: "",
});

describe("the trace by case", () => {
  const why = [
    line("content", "decline", "false"),
    line("content", "ads", "not_needed"),
    line("reviews", "negative", "unknown"),
    line("low", "cover", "true"),
    line("low", "on hand", "true", 1),
  ];

  it("keeps the order and says how each case ended", () => {
    expect(casesOf(why, "low").map(({ name, outcome }) => [name, outcome])).toEqual([
      ["content", "not_met"],
      ["reviews", "unknown"],
      ["low", "decided"],
    ]);
  });

  it("a false clause outweighs an unknown one", () => {
    const mixed = [line("content", "reviews", "unknown"), line("content", "decline", "false")];
    const [trace] = casesOf(mixed, "low");
    expect(trace?.outcome).toBe("not_met");
    expect(trace && tellingLine(trace)?.text).toBe("decline");
  });
});

describe("what a line shows", () => {
  const figure = (value: string, unit: string, text: string, depth = 1) => ({
    ...line("low", text, "true", depth),
    value,
    unit,
  });

  it("leaves out a value that the text or the mark already says", () => {
    expect(shownValue(figure("19.0", "days", "Days of cover"))).toBe("19.0 days");
    expect(shownValue(figure("19.0", "days", "Cover 19.0 days is below 35"))).toBe("");
    expect(shownValue(figure("true", "", "Stock is low"))).toBe("");
  });

  it("marks conditions, not figures, and always what is unknown", () => {
    expect(isCondition(figure("19.0", "days", "Days of cover"))).toBe(false);
    expect(isCondition(figure("true", "", "The SKU had ads"))).toBe(true);
    expect(isCondition({ ...figure("", "", "Reviews"), result: "unknown" })).toBe(true);
    expect(isCondition(figure("19.0", "days", "Cover", 0))).toBe(true);
  });

  it("knows a bare figure from words", () => {
    expect([hasWords(figure("35", "", "35")), hasWords(figure("35", "", "Lead time"))]).toEqual([false, true]);
  });
});
