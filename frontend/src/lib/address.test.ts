import { describe, expect, it } from "vitest";
import { linkTo } from "./address";

describe("addresses from Go", () => {
  it("takes path and view apart, with the types the pages expect", () => {
    expect(linkTo("/m/inventory?preset=low&sel=US%2FSKU-104&doc=12&desc=true")).toEqual({
      to: "/m/inventory",
      search: { preset: "low", sel: "US/SKU-104", doc: 12, desc: true },
    });
  });

  it("leaves a bare path alone", () => {
    expect(linkTo("/today")).toEqual({ to: "/today", search: {} });
  });
});
