import { expect, test } from "vitest";
import type { FreshState, KindFreshness } from "../api/types";
import { freshnessSentence, groupKinds } from "./freshness";

const kinds = (...states: FreshState[]) => states.map((state, i) => ({ kind: `k${i}`, state }) as KindFreshness);

test.each([
  [kinds("missing", "missing"), "No report file has been imported yet."],
  [kinds("fresh", "fresh"), "All 2 reports are fresh."],
  [kinds("fresh", "stale", "missing"), "2 of 3 reports are here: 1 fresh, 1 stale."],
  [kinds("settling", "missing"), "1 of 2 reports are here: 1 still settling."],
])("sentence %#", (given, text) => {
  expect(freshnessSentence(given)).toBe(text);
});

test("groupKinds keeps the order within each group", () => {
  const got = groupKinds(kinds("missing", "fresh", "missing", "stale"));
  expect(got.taken.map((k) => k.kind)).toEqual(["k1", "k3"]);
  expect(got.missing.map((k) => k.kind)).toEqual(["k0", "k2"]);
});
