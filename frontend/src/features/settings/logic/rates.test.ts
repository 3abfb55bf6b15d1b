import { describe, expect, it } from "vitest";
import { rateErrors, rateText, tidyRate } from "./rates";

const good = { from: "eur", to: "USD", day: "2026-11-24", rate: "1,087", source: " ECB " };

describe("a rate of exchange", () => {
  it("is tidied before it is stored", () => {
    expect(tidyRate(good)).toEqual({ from: "EUR", to: "USD", day: "2026-11-24", rate: "1.087", source: "ECB" });
    expect(rateErrors(good)).toEqual({});
  });

  it.each([
    [{ from: "euro" }, "from"],
    [{ to: "eur" }, "to"],
    [{ day: "24.11.2026" }, "day"],
    [{ day: "2026-13-01" }, "day"],
    [{ rate: "0" }, "rate"],
    [{ rate: "-1" }, "rate"],
    [{ rate: "1.08.7" }, "rate"],
    [{ source: " " }, "source"],
  ] as const)("with %o has an error at %s", (change, field) => {
    expect(Object.keys(rateErrors({ ...good, ...change }))).toEqual([field]);
  });

  it("reads as a sentence", () => {
    expect(rateText(tidyRate(good), "24 Nov")).toBe("1 EUR is 1.087 USD from 24 Nov");
  });
});
