import { describe, expect, test } from "vitest";
import { factColumn } from "../testdata/facts";
import { factsOf, parseColumns, seriesChoices, shownColumns, toggleColumn, windowsFor } from "./columns";

const ten = Array.from({ length: 10 }, (_, i) => factColumn({ name: `m.f${i}`, type: i < 3 ? "text" : "number" }));
const names = (shown: { column: { name: string } }[]) => shown.map((s) => s.column.name).join(" ");

describe("shownColumns", () => {
  test("shows eight at first, numbers before texts, in the module's order", () => {
    expect(names(shownColumns(ten, []))).toBe("m.f0 m.f3 m.f4 m.f5 m.f6 m.f7 m.f8 m.f9");
  });

  test("keeps where the cells stand", () => {
    expect(shownColumns(ten, ["m.f9", "m.f2"])).toMatchObject([{ index: 2 }, { index: 9 }]);
  });
});

describe("toggleColumn", () => {
  test("adds, removes, and forgets the choice when it is the default again", () => {
    const added = toggleColumn(ten, shownColumns(ten, []), "m.f1");
    expect(added).toBe("m.f0,m.f1,m.f3,m.f4,m.f5,m.f6,m.f7,m.f8,m.f9");
    expect(toggleColumn(ten, shownColumns(ten, added.split(",")), "m.f1")).toBe("");
  });

  test("the last column stays", () => {
    expect(toggleColumn(ten, shownColumns(ten, ["m.f4"]), "m.f4")).toBe("m.f4");
  });
});

test("parseColumns drops what the module does not have", () => {
  expect(parseColumns("m.f1,evil,m.f1,m.f2", ten)).toEqual(["m.f1", "m.f2"]);
  expect(parseColumns("", ten)).toEqual([]);
});

test("factsOf pairs values with their declarations and drops what has none", () => {
  const cell = { text: "3", num: 3, maturity: "fresh" as const, as_of: "", source: "", note: "" };
  expect(factsOf({ subject: "s", label: "s", detail: "", cells: [cell] }, ten)).toEqual([{ column: ten[0], cell }]);
});

test("seriesChoices names each series once", () => {
  const columns = [
    factColumn({ daily: "sales.units" }),
    factColumn({ daily: "" }),
    factColumn({ daily: "sales.ordered_revenue" }),
    factColumn({ daily: "sales.units" }),
  ];
  expect(seriesChoices(columns)).toEqual([
    { name: "sales.units", title: "Units" },
    { name: "sales.ordered_revenue", title: "Ordered revenue" },
  ]);
});

test.each([
  [0, 20, 412, [0]],
  [150, 220, 412, [0, 200]],
  [390, 500, 412, [200, 400]],
  [0, 20, 0, [0]],
  [-5, 10, 412, [0]],
])("rows %i to %i of %i", (first, last, total, offsets) => {
  expect(windowsFor(first, last, 200, total)).toEqual(offsets);
});
