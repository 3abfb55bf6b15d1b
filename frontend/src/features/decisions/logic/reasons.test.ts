import { describe, expect, it } from "vitest";
import type { Result, Why } from "../api/types";
import { casesOf, tellingLine } from "./reasons";

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
