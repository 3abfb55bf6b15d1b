import { expect, test } from "vitest";
import { changeSearch, moduleSearch } from "./search";

test("an address with nonsense in it still opens the page", () => {
  expect(moduleSearch({ kind: 7, desc: "yes", days: 12, sel: "", sort: ["x"] })).toEqual({ kind: "7" });
  expect(moduleSearch({ q: 104, days: 365, desc: true })).toEqual({ q: "104", days: 365, desc: true });
});

test("another kind of subject drops sort, columns, filter and selection", () => {
  const before = { kind: "sku", q: "flask", sort: "a", desc: true, cols: "a,b", sel: "US/1", days: 28 };
  expect(changeSearch(before, { kind: "campaign" })).toEqual({ kind: "campaign", days: 28 });
  expect(changeSearch(before, { sel: "US/2" })).toEqual({ ...before, sel: "US/2" });
});
