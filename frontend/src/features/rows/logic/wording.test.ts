import { describe, expect, it } from "vitest";
import type { Definition, Value } from "@/lib/dashboards/types";
import { headingOf } from "./wording";

const value = (text: string, currency = "") => ({ text, currency }) as Value;
const definition = (rest: Partial<Definition>) =>
  ({ title: "Units sold", label: "SKU-104, US", unit: "units", values: [value("412")], ...rest }) as Definition;

describe("a number as a heading", () => {
  it("names it, whose it is, and its value", () => {
    expect(headingOf(definition({}), false)).toBe("Units sold, SKU-104, US: 412 units");
    expect(headingOf(definition({ label: "", values: [value("?")] }), false)).toBe("Units sold: ?");
  });

  it("gives amounts in each currency, and none when they are hidden", () => {
    const money = definition({
      title: "Sales",
      label: "",
      unit: "",
      values: [value("$12.50", "USD"), value("€4", "EUR")],
    });
    expect(headingOf(money, false)).toBe("Sales: $12.50 · €4");
    expect(headingOf(money, true)).toBe("Sales: ••• · •••");
  });
});
