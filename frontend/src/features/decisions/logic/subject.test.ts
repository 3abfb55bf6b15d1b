import { expect, test } from "vitest";
import { skuAndPlace } from "./subject";

test("a SKU comes before its marketplace, whatever it is made of", () => {
  expect(skuAndPlace("US/SKU-104")).toBe("SKU-104, US");
  expect(skuAndPlace("DE/A/B")).toBe("A/B, DE");
  expect(skuAndPlace("account")).toBe("account");
});
