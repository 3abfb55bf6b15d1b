import { describe, expect, test } from "vitest";
import type { Policy, Threshold } from "../api/types";
import {
  defaultText,
  fieldText,
  filterPolicies,
  numberText,
  parseNumber,
  parseThreshold,
  rangeText,
  readThreshold,
  thresholdTitle,
  valueText,
} from "./threshold";

const cover: Threshold = {
  name: "cover_days_low",
  title: "",
  value: 35,
  default: 35,
  from: "",
  unit: "days",
  meaning: "Stock cover below which a reorder is due.",
  min: 1,
  max: 365,
  source: "Purser's default",
  date: "2026-11-25",
  changed: false,
};
const decline: Threshold = { ...cover, name: "decline", value: -0.2, default: -0.2, unit: "ratio", min: -0.95, max: 0 };

describe("parseNumber", () => {
  test.each([
    ["35", 35],
    [" 35 days ", 35],
    ["35days", 35],
    ["1,204.5", 1204.5],
    ["-20", -20],
    ["−20", -20],
    ["0.125", 0.125],
  ])("reads %s", (text, value) => {
    expect(parseNumber(text, "days")).toEqual({ ok: true, value });
  });

  test.each(["", "  ", "abc", "3 or 4", "1e5", "1,20,4", "0x10", "NaN", "Infinity", "--3"])("refuses %s", (text) => {
    expect(parseNumber(text, "days").ok).toBe(false);
  });

  test("a decimal comma is refused with the way to write it, never read as thousands", () => {
    expect(parseNumber("12,5", "%")).toEqual({ ok: false, error: "Write 12.5 with a point." });
  });
});

describe("parseThreshold", () => {
  test("keeps to its bounds, bounds included", () => {
    expect(parseThreshold("1", cover)).toEqual({ ok: true, value: 1 });
    expect(parseThreshold("365", cover)).toEqual({ ok: true, value: 365 });
    expect(parseThreshold("0.9", cover)).toEqual({ ok: false, error: "The least is 1 days." });
    expect(parseThreshold("366", cover)).toEqual({ ok: false, error: "The most is 365 days." });
  });

  test("no bounds, no limit", () => {
    expect(parseThreshold("-9999", { ...cover, min: 0, max: 0 })).toEqual({ ok: true, value: -9999 });
  });

  test("a ratio is typed in per cent and stored as a ratio, exactly", () => {
    expect(parseThreshold("-35 %", decline)).toEqual({ ok: true, value: -0.35 });
    expect(parseThreshold("-29", decline)).toEqual({ ok: true, value: -0.29 });
    expect(parseThreshold("-0.2", decline)).toEqual({ ok: true, value: -0.002 });
    expect(parseThreshold("5", decline)).toEqual({ ok: false, error: "The most is 0 %." });
    expect(parseThreshold("-96", decline)).toEqual({ ok: false, error: "The least is −95 %." });
  });

  test("every whole per cent goes out and comes back as it was", () => {
    for (let n = -95; n <= 0; n++) {
      const parsed = parseThreshold(String(n), decline);
      expect(parsed.ok && fieldText({ ...decline, value: parsed.value })).toBe(numberText(n));
    }
  });
});

test("numbers, ranges and defaults are written without noise", () => {
  expect(numberText(0.1 + 0.2)).toBe("0.3");
  expect(rangeText(cover)).toBe("1 to 365 days");
  expect(rangeText(decline)).toBe("−95 to 0 %");
  expect(rangeText({ ...cover, min: 0, max: 0 })).toBe("");
  expect(valueText(0.07, decline)).toBe("7 %");
  expect(defaultText(decline)).toBe("−20 %");
  expect(thresholdTitle(cover)).toBe("Cover days low");
  expect(thresholdTitle({ ...cover, title: "Safety days" })).toBe("Safety days");
});

test("a threshold that a fact gives has an empty field and names the fact", () => {
  const own = { ...decline, value: null, default: null, from: "advertising.breakeven_acos" };
  expect(fieldText(own)).toBe("");
  expect(defaultText(own)).toBe("each one's own breakeven acos");
});

test.each([
  [{ value: 7, default: "7" }, 7, 7],
  [{ value: "-20", default: "" }, -20, null],
  [{ value: null }, null, null],
  [{ value: "soon" }, null, null],
])("readThreshold takes %j", (raw, value, fallback) => {
  expect(readThreshold(raw)).toMatchObject({ value, default: fallback, min: 0, changed: false });
});

test("filterPolicies looks at names, meanings and titles, and drops empty policies", () => {
  const policies: Policy[] = [
    {
      name: "restock",
      title: "Runs out before restock",
      subject: "sku",
      version: 1,
      health: "ok",
      last_error: "",
      matches: 0,
      thresholds: [cover, { ...cover, name: "safety_days", meaning: "Extra days.", changed: true }],
    },
  ];
  expect(filterPolicies(policies, "REORDER", false)[0]?.thresholds.map((t) => t.name)).toEqual(["cover_days_low"]);
  expect(filterPolicies(policies, "", true)[0]?.thresholds.map((t) => t.name)).toEqual(["safety_days"]);
  expect(filterPolicies(policies, "restock", false)[0]?.thresholds).toHaveLength(2);
  expect(filterPolicies(policies, "nothing", false)).toEqual([]);
});
