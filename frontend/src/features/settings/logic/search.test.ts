import { expect, test } from "vitest";
import { settingsSearch } from "./search";

test("an address with nonsense in it still opens the page", () => {
  expect(settingsSearch({ section: "evil", q: "", missing: "yes" })).toEqual({});
  expect(settingsSearch({ section: "costs", q: 104, missing: true })).toEqual({
    section: "costs",
    q: "104",
    missing: true,
  });
});
