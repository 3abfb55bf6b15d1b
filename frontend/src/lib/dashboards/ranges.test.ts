import { describe, expect, it } from "vitest";
import { nextComparison, stepRange, toDays } from "./ranges";

const asOf = "2026-11-25";
const shown = (from: string, to: string) => ({ from, to, as_of: asOf });

describe("stepRange", () => {
  it("goes back by the length of the range", () => {
    expect(stepRange(shown("2026-10-28", "2026-11-24"), -1)).toEqual({
      range: "custom",
      from: "2026-09-30",
      to: "2026-10-27",
    });
  });

  it("comes back to the preset that ends yesterday", () => {
    expect(stepRange(shown("2026-09-30", "2026-10-27"), 1)).toMatchObject({ range: undefined, from: undefined });
    expect(stepRange(shown("2026-11-23", "2026-11-23"), 1)).toMatchObject({ range: "yesterday" });
  });

  it("does not go past what is over", () => {
    expect(stepRange(shown("2026-11-18", "2026-11-24"), 1)).toBeNull();
    expect(stepRange(shown("2026-11-13", "2026-11-22"), 1)).toEqual({
      range: "custom",
      from: "2026-11-15",
      to: "2026-11-24",
    });
  });

  it("keeps whole months whole", () => {
    expect(stepRange(shown("2026-03-01", "2026-03-31"), -1)).toMatchObject({ from: "2026-02-01", to: "2026-02-28" });
    expect(stepRange(shown("2026-01-01", "2026-02-28"), 1)).toMatchObject({ from: "2026-03-01", to: "2026-04-30" });
    expect(stepRange(shown("2026-11-01", "2026-11-24"), -1)).toMatchObject({ from: "2026-10-01", to: "2026-10-31" });
    expect(stepRange(shown("2026-10-01", "2026-10-31"), 1)).toMatchObject({ from: "2026-11-01", to: "2026-11-24" });
  });

  it("does nothing with days that are none", () => {
    expect(stepRange(shown("", ""), -1)).toBeNull();
  });
});

it("puts two days in order", () => {
  expect(toDays("2026-11-24", "2026-11-01")).toEqual({ range: "custom", from: "2026-11-01", to: "2026-11-24" });
});

it("goes around the comparisons", () => {
  expect(nextComparison({})).toBe("previous");
  expect(nextComparison({ compare: "none" })).toBe("weekdays");
});
