import { describe, expect, it } from "vitest";
import { dayNumber } from "@/lib/format";
import { moveCursor } from "../plot-cursor/move-cursor";
import type { SeriesData } from "./series";
import { readOut, summarise, valueText } from "./summary";

const start = dayNumber("2026-11-22");
const data: SeriesData = {
  days: [start, start + 1, start + 2],
  lines: [{ label: "On hand", role: "main", values: [40, null, 12] }],
  unit: "units",
  settlingFrom: start + 2,
  from: 0,
  columns: false,
  markers: [],
};
const now = "2026-11-25T06:00:00Z";

describe("the words of a chart", () => {
  it("tells first, last, lowest, highest and what settles", () => {
    expect(summarise(data, "en-US", now)).toBe(
      "On hand: from 40 units on 22 Nov to 12 units on 24 Nov; lowest 12 units on 24 Nov, highest 40 units on 22 Nov. Still settling from 24 Nov.",
    );
  });

  it("reads a day out, and says when it is not known or not settled", () => {
    expect(readOut(data, 1, "en-US", now)).toBe("23 Nov: On hand not known");
    expect(readOut(data, 2, "en-US", now)).toBe("24 Nov: On hand 12 units, settling");
  });

  it("says so when nothing is known", () => {
    const empty: SeriesData = {
      ...data,
      lines: [{ label: "Sold", role: "main", values: [null, null, null] }],
      settlingFrom: 0,
    };
    expect(summarise(empty, "en-US", now)).toBe("Sold: no day is known.");
  });
});

describe("a value", () => {
  it.each([
    [1, "feedbacks", "1 feedback"],
    [2, "feedbacks", "2 feedbacks"],
    [24.99, "USD", "24.99 USD"],
    [24.99, "units", "25.0 units"],
  ])("%d %s reads %s", (value, unit, text) => {
    expect(valueText(value, unit, "en-US")).toBe(text);
  });
});

describe("the cursor", () => {
  it.each([
    ["ArrowRight", 2, 3, 2],
    ["ArrowLeft", 1, 3, 0],
    ["Home", 2, 3, 0],
    ["End", 0, 3, 2],
    ["a", 0, 3, null],
  ])("%s from %d of %d goes to %s", (key, index, count, next) => {
    expect(moveCursor(key, index, count)).toBe(next);
  });
});
