import { expect, it } from "vitest";
import { countText, matching, offersOf, withAll } from "./touch";

const subjects = {
  proposed: [{ id: "US/B", label: "Steel flask" }],
  known: [
    { id: "US/A", label: "" },
    { id: "DE/A", label: "Trinkflasche aus Stahl" },
  ],
};

it("what was named and is gone stays to be taken off", () => {
  const offers = offersOf(subjects, ["US/B", "US/OLD"]);
  expect(offers.map(({ id }) => id)).toEqual(["US/OLD", "US/B", "US/A", "DE/A"]);
  expect(offers.map(({ gone }) => gone)).toEqual([true, false, false, false]);
});

it("is found by all the words of its id and its name", () => {
  const found = (text: string) => matching(offersOf(subjects, []), text).map(({ id }) => id);
  expect(found("")).toHaveLength(3);
  expect(found("us/")).toEqual(["US/B", "US/A"]);
  expect(found("de stahl")).toEqual(["DE/A"]);
  expect(found("us/ stahl")).toEqual([]);
});

it("a snapshot holds what was chosen and what there is, each once", () => {
  const chosen = withAll(["US/OLD", "US/B"], [...subjects.proposed, ...subjects.known]);
  expect(chosen).toEqual(["DE/A", "US/A", "US/B", "US/OLD"]);
});

it("counts in words", () => {
  expect(countText(1, "search term")).toBe("1 search term");
  expect(countText(12_000, "SKU")).toBe("12,000 SKUs");
  expect(countText(2, "")).toBe("2 subjects");
});
