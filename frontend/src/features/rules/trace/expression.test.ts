import { describe, expect, it } from "vitest";
import { isName, joins, nameInWords, sidesOf } from "./expression";

describe("a comparison taken apart", () => {
  it("is split at its outermost operator", () => {
    expect(sidesOf("inventory.cover_days < inventory.lead_time_days + threshold.safety_days")).toEqual({
      left: "inventory.cover_days",
      op: "<",
      right: "inventory.lead_time_days + threshold.safety_days",
    });
    expect(sidesOf("lowest(a.b, c.d >= 2) >= 3")).toEqual({ left: "lowest(a.b, c.d >= 2)", op: ">=", right: "3" });
    expect(sidesOf('listing.state in ["a < b", "c"]')).toEqual({
      left: "listing.state",
      op: "in",
      right: '["a < b", "c"]',
    });
  });

  it("is none where conditions are joined or nothing is compared", () => {
    expect(sidesOf("a.b < 1 && c.d > 2")).toBeNull();
    expect(sidesOf("sales.settled")).toBeNull();
    expect(sidesOf("any(sku.cover < 3)")).toBeNull();
  });
});

describe("names and joins", () => {
  it("knows what joins conditions", () => {
    expect(joins("a.b || c.d")).toBe(true);
    expect(joins("!a.b")).toBe(true);
    expect(joins("a.b != 3")).toBe(false);
    expect(joins('a.b == "x && y"')).toBe(false);
  });

  it("tells names of figures from formulas", () => {
    expect(isName("inventory.cover_days")).toBe(true);
    expect(isName("inventory.cover_days + 1")).toBe(false);
    expect(isName("7.5")).toBe(false);
    expect(nameInWords("inventory.lead_time_days")).toBe("Lead time days");
    expect(nameInWords("low_stock")).toBe("Low stock");
  });
});
