import { expect, test } from "vitest";
import { feature } from "./feature";

const search = (raw: Record<string, unknown>) => feature.routes[0]?.search?.(raw);

test("Today goes to the decision that an address names, by either name", () => {
  expect(search({ tab: "done", item: "a1" })).toEqual({ tab: "done", item: "a1" });
  expect(search({ sel: "b2" })).toEqual({ item: "b2" });
  expect(search({ sel: 12 })).toEqual({ item: "12" });
  expect(search({ tab: "nonsense", item: ["x"] })).toEqual({});
});
