import { describe, expect, it } from "vitest";
import { coverAmounts, namesAmount } from "./amounts";

describe("amounts in sentences", () => {
  it.each([
    ["$406 of sales a day are lost from 12 Dec.", "••• of sales a day are lost from 12 Dec."],
    ["adverts spend −€1,234.50, CA$12 and R$3.10", "adverts spend •••, ••• and •••"],
    ["PLN 1,020.00 of 28 days", "••• of 28 days"],
  ])("are covered: %s", (text, shown) => {
    expect(coverAmounts(text)).toBe(shown);
    expect(namesAmount(text)).toBe(true);
  });

  it.each(["19.0 days of cover, 14.1 %", "SKU 104 and FBA 3", "3 new in 7 d", "•••", "All in USD, at dated rates"])(
    "are not seen where there are none: %s",
    (text) => {
      expect(coverAmounts(text)).toBe(text);
      expect(namesAmount(text)).toBe(false);
    },
  );
});
