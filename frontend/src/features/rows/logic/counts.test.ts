import { describe, expect, it } from "vitest";
import type { Column } from "@/lib/dashboards/types";
import { countsOf, countsText } from "./counts";

const column = (name: string, title: string) => ({ name, title }) as Column;

describe("the columns that count", () => {
  it("are known by title and by name, whatever the file puts between words", () => {
    const text = countsText([column("sales.item_price", "Item price"), column("sales.units", "Quantity")]);
    const counts = countsOf(text);
    expect(["item-price", "Item Price", "quantity", "units"].map(counts)).toEqual([true, true, true, true]);
    expect(["item-tax", "", "price"].map(counts)).toEqual([false, false, false]);
  });

  it("are none when the address names none", () => {
    expect(countsText([])).toBeUndefined();
    expect(countsOf(undefined)("quantity")).toBe(false);
  });
});
