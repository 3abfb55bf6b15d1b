import { expect, test } from "vitest";
import { auditsSearch } from "./search";

test("an address names the month and the item, the report, or a check", () => {
  expect(auditsSearch({ month: "2026-11", item: 7 })).toEqual({ month: "2026-11", item: 7 });
  expect(auditsSearch({ month: "2026-11", view: "report" })).toEqual({ month: "2026-11", view: "report" });
  expect(auditsSearch({ tab: "checklists", check: "listing_hygiene/suppressed" })).toEqual({
    tab: "checklists",
    check: "listing_hygiene/suppressed",
  });
});

test("nonsense is left out, and what belongs to the other part", () => {
  expect(auditsSearch({ month: "2026-13", item: 7, view: "report" })).toEqual({});
  expect(auditsSearch({ month: "2026-11", item: -1, view: "score", check: "a/b" })).toEqual({ month: "2026-11" });
  expect(auditsSearch({ tab: "checklists", month: "2026-11", item: 7, check: "alone" })).toEqual({
    tab: "checklists",
    month: "2026-11",
  });
});
