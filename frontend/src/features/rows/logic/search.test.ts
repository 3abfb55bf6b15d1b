import { describe, expect, it } from "vitest";
import { originalSearch, rowsSearch } from "./search";

describe("the address of rows", () => {
  it("keeps the number, its subject and the view, and drops the rest", () => {
    expect(
      rowsSearch({
        name: "sales.units",
        subject: "US/A",
        at: 3,
        range: "90d",
        marketplaces: "US",
        sel: "x",
        tag: "new",
      }),
    ).toEqual({ name: "sales.units", subject: "US/A", at: 3, range: "90d", marketplaces: "US", tag: "new" });
  });

  it("takes a subject that looks like a number for what it is", () => {
    expect(rowsSearch({ name: "sales.units", subject: 104, at: -1 })).toEqual({ name: "sales.units", subject: "104" });
  });
});

describe("the address of an original row", () => {
  it("begins below the heading when it is told no line", () => {
    expect(originalSearch({ document: 7 })).toEqual({ document: 7, line: 2 });
    expect(originalSearch({ document: "x", line: 2.5 })).toEqual({ document: 0, line: 2 });
    expect(originalSearch({ document: 7, line: 12, counts: "Units" })).toEqual({
      document: 7,
      line: 12,
      counts: "Units",
    });
  });
});
