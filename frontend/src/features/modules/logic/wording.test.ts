import { expect, test } from "vitest";
import { factColumn } from "../testdata/facts";
import { columnHeading, sourcesOf, sourceTitles, withUnit } from "./wording";

test.each([
  ["Cover days", "days", "Cover days"],
  ["Velocity", "units/day", "Velocity, units/day"],
  ["Aged share", "%", "Aged share"],
  ["Stock value", "", "Stock value"],
])("heading of %s in %s", (title, unit, text) => {
  expect(columnHeading(factColumn({ title, unit }))).toBe(text);
});

test.each([
  ["19.0", "days", "number", "19.0 days"],
  ["4.2 %", "%", "percent", "4.2 %"],
  ["4.2", "%", "number", "4.2 %"],
  ["12.50 USD", "USD", "money", "12.50 USD"],
  ["?", "", "number", "?"],
])("%s in %s as %s", (text, unit, type, out) => {
  expect(withUnit(text, factColumn({ unit, type }))).toBe(out);
});

test("sources are named as people know them, each once", () => {
  const columns = [factColumn({ sources: ["orders", "x"] }), factColumn({ sources: ["orders"] })];
  expect(sourcesOf(columns)).toEqual(["orders", "x"]);
  expect(sourceTitles(["orders", "x", "orders"], [{ kind: "orders", title: "All orders" }])).toEqual([
    "All orders",
    "x",
  ]);
});
