import { describe, expect, it } from "vitest";
import { readFilters, readList, toggled, writeFilters, writeList } from "./address";

describe("lists in an address", () => {
  it("come back as they went, whatever is in them", () => {
    const items = ["US", "a,b", "100 %", "x:y;z"];
    expect(readList(writeList(items))).toEqual(items);
  });

  it("are absent when empty, and name each once", () => {
    expect(writeList([])).toBeUndefined();
    expect(readList(undefined)).toEqual([]);
    expect(readList("US,,US,DE")).toEqual(["US", "DE"]);
  });

  it("switch one item", () => {
    expect(toggled(["a"], "b")).toEqual(["a", "b"]);
    expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  });
});

describe("filters in an address", () => {
  it("read as people would write them", () => {
    const filters = [
      { column: "inventory.cover_days", op: "lt", value: "14" },
      { column: "listings.status", op: "is", value: "Inactive; 50 % off: now" },
    ];
    expect(writeFilters(filters)?.startsWith("inventory.cover_days:lt:14;")).toBe(true);
    expect(readFilters(writeFilters(filters))).toEqual(filters);
  });

  it("leave out what is no filter", () => {
    expect(readFilters("a:drop:1;b;:lt:3;c:gt:2;d:gt:2:3")).toEqual([{ column: "c", op: "gt", value: "2" }]);
  });
});
