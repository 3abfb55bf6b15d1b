import { expect, test } from "vitest";
import { factColumn } from "../testdata/facts";
import { columnHeading, shownCell, sourcesOf, sourceTitles, subjectTexts, withUnit } from "./wording";

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

test.each([
  ["-25.0 %", "percent", "−25.0 %"],
  ["-€4.20", "money", "−€4.20"],
  ["12.5", "number", "12.5"],
  ["2026-12-12", "text", "12 Dec"],
  ["-", "text", "-"],
])("%s of type %s is shown as %s", (text, type, shown) => {
  const cell = { text, num: null, maturity: "fresh" as const, as_of: "", source: "", note: "" };
  expect(shownCell(cell, factColumn({ type }), "en-US", "2026-11-25T06:00:00Z").text).toBe(shown);
});

test.each([
  ["late_shipment_rate", "DE · Late shipment rate", "Late shipment rate", "DE"],
  ["SKU-104", "US · Steel flask", "SKU-104", "US · Steel flask"],
  ["my_sku", "US", "my_sku", "US"],
])("subject %s, %s", (label, detail, shownLabel, shownDetail) => {
  expect(subjectTexts({ label, detail })).toEqual({ label: shownLabel, detail: shownDetail });
});
