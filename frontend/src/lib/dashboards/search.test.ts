import { describe, expect, it } from "vitest";
import { changeSearch, dashboardSearch, scopeAndRange, searchOf, tableInputOf, viewOf } from "./search";
import type { TableSpec } from "./types";

const spec: TableSpec = {
  name: "skus",
  title: "SKUs",
  subject: "sku",
  list: false,
  columns: ["inventory.on_hand"],
  sort: "inventory.on_hand",
  desc: true,
  presets: [{ name: "low", title: "Runs out", filters: [] }],
  groups: [{ name: "tag", title: "Tag" }],
};

describe("dashboardSearch", () => {
  it("leaves out nonsense and defaults", () => {
    expect(
      dashboardSearch({
        range: "28d",
        compare: "weekdays",
        from: "2026-11-01",
        charts: "some",
        desc: "yes",
        sel: ["a"],
      }),
    ).toEqual({});
  });

  it("takes a custom range only whole and in order", () => {
    const days = { range: "custom", from: "2026-11-01", to: "2026-11-24" };
    expect(dashboardSearch(days)).toEqual(days);
    expect(dashboardSearch({ ...days, to: "2026-10-01" })).toEqual({});
    expect(dashboardSearch({ ...days, from: "2026-02-30" })).toEqual({});
  });

  it("knows texts that look like numbers", () => {
    expect(dashboardSearch({ q: 104, tag: 2026 })).toEqual({ q: "104", tag: "2026" });
  });

  it("keeps an ascending order that was chosen", () => {
    expect(dashboardSearch({ sort: "subject", desc: false })).toEqual({ sort: "subject", desc: false });
    expect(dashboardSearch({ desc: false })).toEqual({});
  });
});

describe("changeSearch", () => {
  const before = {
    range: "90d",
    table: "skus",
    preset: "low",
    cols: "a,b",
    sort: "a",
    q: "flask",
    sel: "US/1",
  } as const;

  it("drops what belongs to another table, but not scope and range", () => {
    expect(changeSearch(before, { table: "orders" })).toEqual({ range: "90d", table: "orders" });
  });

  it("takes table and preset together, as a tile gives them", () => {
    expect(changeSearch(before, { table: "orders", preset: "late" })).toEqual({
      range: "90d",
      table: "orders",
      preset: "late",
    });
  });

  it("lets another preset bring its own columns and order", () => {
    expect(changeSearch(before, { preset: undefined })).toEqual({
      range: "90d",
      table: "skus",
      q: "flask",
      sel: "US/1",
    });
  });

  it("unfolds the groups of another grouping", () => {
    expect(changeSearch({ groupby: "tag", collapsed: "a" }, { groupby: "group" })).toEqual({ groupby: "group" });
  });
});

describe("what Go is asked", () => {
  it("has every part of the view", () => {
    expect(viewOf({ marketplaces: "US,DE", range: "yesterday" })).toEqual({
      scope: { marketplaces: ["US", "DE"], tag: "", group: "", currency: "" },
      range: { preset: "yesterday", from: "", to: "", compare: "" },
    });
  });

  it("names only presets and groups that the table has", () => {
    expect(tableInputOf("inventory", spec, { preset: "low", groupby: "tag", filters: "a.b:lt:14" })).toMatchObject({
      table: "skus",
      preset: "low",
      group: "tag",
      filters: [{ column: "a.b", op: "lt", value: "14" }],
    });
    expect(tableInputOf("inventory", spec, { preset: "evil", groupby: "evil" })).toMatchObject({
      preset: "",
      group: "",
    });
  });

  it("comes back to the address it was made from", () => {
    const search = {
      range: "custom",
      from: "2026-11-01",
      to: "2026-11-24",
      marketplaces: "US,DE",
      tag: "new",
    } as const;
    expect(searchOf(viewOf(search))).toEqual(search);
    expect(searchOf(viewOf({}))).toEqual({});
  });

  it("hands only scope and range on to another page", () => {
    expect(scopeAndRange({ range: "7d", tag: "new", table: "skus", sel: "US/1" })).toEqual({ range: "7d", tag: "new" });
  });
});
