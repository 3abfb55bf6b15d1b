import { expect, test } from "vitest";
import { COSTS_HEADER, costError, costListError, leadTimeError } from "./costs";

test.each([
  ["", true],
  ["6.05", true],
  ["$6.05", true],
  ["1,204.50", true],
  ["6,05", false],
  ["-1", false],
  ["abc", false],
  ["6.00005", false],
])("cost %s may be sent: %s", (text, fine) => {
  expect(costError(text) === "").toBe(fine);
});

test.each([
  ["", true],
  ["28", true],
  ["28 d", true],
  ["0", true],
  ["2.5", false],
  ["-1", false],
  ["731", false],
])("lead time %s may be sent: %s", (text, fine) => {
  expect(leadTimeError(text) === "").toBe(fine);
});

test("a cost list must start with its header and hold a line", () => {
  expect(costListError("")).toContain("Paste a list");
  expect(costListError("US,SKU-1,6.05")).toBe("The first line must name the columns. Missing: marketplace, sku, cost.");
  expect(costListError(COSTS_HEADER)).toContain("no line under it");
  expect(costListError(`${COSTS_HEADER}\nUS,SKU-1,6.05,USD,28\n`)).toBe("");
  expect(costListError(`"marketplace";"sku";"cost"\nUS;SKU-1;6.05`)).toBe("");
});
