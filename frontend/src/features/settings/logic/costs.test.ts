import { describe, expect, test } from "vitest";
import type { Item } from "../api/types";
import {
  bareCost,
  COSTS_HEADER,
  costError,
  costListError,
  costToEdit,
  itemChange,
  itemRestore,
  leadTimeError,
} from "./costs";

const item: Item = {
  marketplace: "US",
  sku: "SKU-104",
  asin: "B0",
  title: "Steel flask",
  price: { minor: 2499, currency: "USD", text: "24.99 USD" },
  cost: { minor: 605, currency: "USD", text: "6.05 USD" },
  lead_time_days: 28,
  lead_assumed: false,
};

test.each([
  ["", true],
  ["6.05", true],
  ["$6.05", true],
  ["6,05", true],
  ["6.05 USD", true],
  ["1,204.50", false],
  ["-1", false],
  ["abc", false],
  ["6.005", false],
  ["1e5", false],
  ["6 or 7", false],
])("cost %s may be sent: %s", (text, fine) => {
  expect(costError(text) === "").toBe(fine);
});

test.each([
  ["", true],
  ["28", true],
  ["28 d", true],
  ["28 days", true],
  ["0", false],
  ["2.5", false],
  ["-1", false],
  ["366", false],
])("lead time %s may be sent: %s", (text, fine) => {
  expect(leadTimeError(text) === "").toBe(fine);
});

describe("itemChange", () => {
  test("a new cost keeps the lead time", () => {
    expect(itemChange(item, "cost", "€ 7,10")).toEqual({
      marketplace: "US",
      sku: "SKU-104",
      cost: "7,10",
      lead_time_days: "28",
    });
  });

  test("a new lead time keeps the cost", () => {
    expect(itemChange(item, "lead_time", "30 d")).toMatchObject({ cost: "6.05", lead_time_days: "30" });
  });

  test("an assumed lead time is not made the seller's own by typing a cost", () => {
    expect(itemChange({ ...item, lead_assumed: true }, "cost", "7")).toMatchObject({ lead_time_days: "" });
  });
});

test("itemRestore brings both figures back as they were", () => {
  expect(itemRestore(item)).toMatchObject({ cost: "6.05", lead_time_days: "28" });
  expect(itemRestore({ ...item, cost: null, lead_assumed: true })).toMatchObject({ cost: "", lead_time_days: "" });
});

test("a cost is edited exactly, with the decimals of its currency, however its text is written", () => {
  expect(costToEdit(item.cost)).toBe("6.05");
  expect(costToEdit({ minor: 1200, currency: "JPY", text: "1200 JPY" })).toBe("1200");
  expect(costToEdit({ minor: 120450, currency: "EUR", text: "1.204,50 €" })).toBe("1204.50");
  expect(costToEdit({ minor: 5, currency: "USD", text: "$0.05" })).toBe("0.05");
  expect(costToEdit(null)).toBe("");
  expect(bareCost(" $6.05 ")).toBe("6.05");
});

test("a cost list must start with its header and hold a line", () => {
  expect(costListError("")).toContain("Paste a list");
  expect(costListError("US,S-1,6.05\nUS,S-2,1")).toContain("one of them sku");
  expect(costListError(COSTS_HEADER)).toContain("no line under it");
  expect(costListError(`${COSTS_HEADER}\nUS,SKU-1,6.05,USD,28\n`)).toBe("");
  expect(costListError(`"marketplace";"seller-sku";"cost"\nUS;SKU-1;6.05`)).toBe("");
});
