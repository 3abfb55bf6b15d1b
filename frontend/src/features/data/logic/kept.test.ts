import { expect, test } from "vitest";
import { madeClass, madeClasses } from "../testdata/fake-retention";
import { allOf, bytesText, countText, holdingText, keptSentence, parseWhole } from "./kept";

test("bytes are written as people read them", () => {
  expect([0, 999, 1000, 4_100, 38_200_000, 412_000_000, 1_240_000_000].map((n) => bytesText(n, "en-US"))).toEqual([
    "0 B",
    "999 B",
    "1.0 KB",
    "4.1 KB",
    "38 MB",
    "412 MB",
    "1.2 GB",
  ]);
});

test("what there is names documents with their bytes, and rows; nothing is a word", () => {
  const none = { documents: 0, rows: 0, bytes: 0 };
  expect(holdingText(none, "en-US")).toBe("nothing");
  expect(holdingText({ documents: 1, rows: 1, bytes: 1000 }, "en-US")).toBe("1 document, 1.0 KB; 1 row");
  expect(holdingText({ ...none, rows: 18_204 }, "en-US")).toBe("18,204 rows");
  expect(holdingText({ ...none, bytes: 2000 }, "en-US")).toBe("2.0 KB");
});

test("all of a class is the sum over its origins, and the oldest of them", () => {
  const facts = madeClasses.find(({ name }) => name === "amazon_fact");
  expect(allOf(facts ?? madeClass())).toEqual({ documents: 0, rows: 223_240, bytes: 0, oldest: "2024-11-25" });
  expect(allOf({ holdings: [] }).oldest).toBe("");
});

test("the sentence is about what goes first", () => {
  expect(keptSentence({ classes: madeClasses })).toMatch(/^Next to go, of “Answers of Amazon's APIs”: 4 documents/);
  expect(
    keptSentence({ classes: [madeClass({ next: { day: "", documents: 0, bytes: 0, rows: 0, text: "x" } })] }),
  ).toBe("Nothing is due: what there is may be kept.");
});

test.each([
  ["35", 35],
  [" 548 ", 548],
  ["34", null],
  ["549", null],
  ["90.5", null],
  ["", null],
  ["-40", null],
])("days between bounds: %j", (text, value) => {
  const parsed = parseWhole(text, 35, 548, "days");
  expect(parsed).toEqual(
    value === null ? { ok: false, error: "Write a whole number of days from 35 to 548." } : { ok: true, value },
  );
});

test("an upper bound of 0 is none", () => {
  expect(parseWhole("9999", 1, 0, "years")).toEqual({ ok: true, value: 9999 });
  expect(parseWhole("0", 1, 0, "years")).toEqual({ ok: false, error: "Write a whole number of years of at least 1." });
});

test("one is no plural", () => {
  expect([countText(1, "files", "en-US"), countText(0, "secrets", "en-US"), countText(1200, "files", "en-US")]).toEqual(
    ["1 file", "0 secrets", "1,200 files"],
  );
});
