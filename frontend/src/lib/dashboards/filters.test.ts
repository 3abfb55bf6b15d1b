import { describe, expect, it, test } from "vitest";
import { decimalOf, filterText, needsValue, opsOf } from "./filters";
import type { Column } from "./types";

const column = (part: Partial<Column>): Column => ({
  name: "a.b",
  title: "Cover",
  type: "number",
  unit: "days",
  meaning: "",
  formula: "",
  sources: [],
  better: "",
  sortable: true,
  part: "",
  measure: false,
  ...part,
});

test.each([
  ["14", "14"],
  [" 1,234.5 ", "1234.5"],
  ["1.234,5", "1234.5"],
  ["12,5", "12.5"],
  ["−4.20", "-4.20"],
  ["1 000", "1000"],
  ["1,234,567", "1234567"],
  ["flask", null],
  ["", null],
  ["1e5", null],
])("%s is the decimal %s", (typed, decimal) => {
  expect(decimalOf(typed)).toBe(decimal);
});

describe("comparisons", () => {
  it("fit the type", () => {
    expect(opsOf("text")).toContain("has");
    expect(opsOf("money")).not.toContain("has");
    expect(opsOf("flag")).toEqual(["is", "known", "unknown"]);
    expect(needsValue("unknown")).toBe(false);
  });

  it("are told in words", () => {
    expect(filterText({ column: "a.b", op: "lt", value: "14" }, [column({})])).toBe("Cover less than 14 days");
    expect(filterText({ column: "a.b", op: "unknown", value: "" }, [column({})])).toBe("Cover is not known");
    expect(filterText({ column: "a.b", op: "is", value: "false" }, [column({ type: "flag", unit: "" })])).toBe(
      "Cover: no",
    );
    expect(filterText({ column: "x.y", op: "gt", value: "2" }, [])).toBe("x.y more than 2");
  });
});
