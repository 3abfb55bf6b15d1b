import { expect, test } from "vitest";
import { importFile } from "../testdata/import-files";
import { importLabel, importTotals, resultText, sizeText, totalsSentence } from "./result-text";

test.each([
  [7, 12402, "Import 7 files, 12,402 rows"],
  [1, 1, "Import 1 file, 1 row"],
  [2, 0, "Import 2 files, nothing new"],
])("importLabel of %i files and %i rows", (files, rows, text) => {
  expect(importLabel(files, rows)).toBe(text);
});

test("resultText says what was new and what was there", () => {
  expect(resultText(importFile({ rows: 1204, duplicates: 1204 }))).toBe("0 new, 1,204 already there");
  expect(resultText(importFile({ stored: 9, quarantined: 2 }))).toBe("9 new, 0 already there, 2 in quarantine");
});

test("totals leave refused files out and the sentence names them", () => {
  const totals = importTotals([
    importFile({ stored: 10, duplicates: 5, quarantined: 1 }),
    importFile({ stored: 2 }),
    importFile({ stored: 99, refused: true }),
  ]);
  expect(totals).toEqual({ files: 2, stored: 12, duplicates: 5, quarantined: 1, refused: 1 });
  expect(totalsSentence(totals)).toBe("12 new rows from 2 files. 1 row could not be read. 1 file was left out.");
});

test("a second import of the same files says that nothing is new", () => {
  expect(totalsSentence(importTotals([importFile({ duplicates: 1204 })]))).toBe(
    "Nothing new: all 1,204 rows were already there.",
  );
  expect(totalsSentence(importTotals([importFile({ refused: true })]))).toContain("No file could be taken in");
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [412_400, "412 KB"],
  [3_140_000, "3.1 MB"],
])("%i bytes is %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
