import { describe, expect, it, test } from "vitest";
import { plain } from "./testdata/values";
import { alignOf, cellValue, columnHeading, daysText, numberedValues, numberOf } from "./wording";

test.each([
  ["Cover", "days", "Cover, days"],
  ["Cover days", "days", "Cover days"],
  ["Margin", "%", "Margin"],
  ["Margin, change", "pp", "Margin, change"],
  ["Stock value", "", "Stock value"],
])("heading of %s in %s", (title, unit, heading) => {
  expect(columnHeading({ title, unit })).toBe(heading);
});

describe("a column made of a measure", () => {
  it("asks about the measure", () => {
    expect(["sales.sales~change", "sales.sales"].map(numberOf)).toEqual(["sales.sales", "sales.sales"]);
  });

  it("stands where its digits can be compared", () => {
    expect((["money", "percent", "text", "line"] as const).map((type) => alignOf({ type }))).toEqual([
      "end",
      "end",
      "start",
      "start",
    ]);
  });
});

describe("days", () => {
  const now = "2026-11-25T06:00:00Z";
  it("are read in the form used everywhere, but only where they are days", () => {
    expect(cellValue(plain({ text: "2026-12-12" }), { type: "text" }, "en-US", now).text).toBe("12 Dec");
    expect(cellValue(plain({ text: "305-9422548" }), { type: "text" }, "en-US", now).text).toBe("305-9422548");
  });

  it("make a range", () => {
    expect(daysText("2026-10-28", "2026-11-24", "en-US", now)).toBe("28 Oct – 24 Nov");
    expect(daysText("2026-11-24", "2026-11-24", "en-US", now)).toBe("24 Nov");
    expect(daysText("", "", "en-US", now)).toBe("");
  });
});

test("two values that read the same can be told apart", () => {
  const ids = numberedValues([plain({ text: "0 %" }), plain({ text: "0 %" })]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});
