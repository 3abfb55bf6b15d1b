import { describe, expect, test } from "vitest";
import { figureText, loosens, parseFigure } from "./guardrails";

const perDay = { name: "per_day", value: 200 };

describe("a figure of a limit", () => {
  test.each([
    ["200", 200],
    [" 20,000 ", 20000],
    ["2.5", 2.5],
    ["", 0],
    ["  ", 0],
  ])("reads %j", (text, value) => {
    expect(parseFigure(text, perDay)).toEqual({ ok: true, value });
  });

  test.each(["0", "0.0", "-5", "NaN", "Infinity", "1e9", "20,00", "12 or 13", "0x10"])("refuses %s", (text) => {
    expect(parseFigure(text, perDay)).toMatchObject({ ok: false });
  });

  test("money is typed in the currency and kept in its minor units", () => {
    expect(parseFigure("1,250.50", { name: "money_day:EUR" })).toEqual({ ok: true, value: 125050 });
    expect(parseFigure("19.99", { name: "money_day:USD" })).toEqual({ ok: true, value: 1999 });
    expect(parseFigure("5000", { name: "money_day:JPY" })).toEqual({ ok: true, value: 5000 });
    expect(parseFigure("0.001", { name: "money_day:EUR" })).toMatchObject({ ok: false });
    expect(figureText(125050, { name: "money_day:EUR" })).toBe("1,250.5");
    expect(figureText(0, perDay)).toBe("");
  });
});

test("more is looser, except of what keeps changes apart or holds a value up", () => {
  expect(loosens(perDay, 201)).toBe(true);
  expect(loosens(perDay, 200)).toBe(false);
  expect(loosens(perDay, 1)).toBe(false);
  expect(loosens(perDay, 0)).toBe(false);
  expect(loosens({ name: "per_day", value: 0 }, 1)).toBe(true);
  expect(loosens({ name: "hours_between", value: 24 }, 12)).toBe(true);
  expect(loosens({ name: "hours_between", value: 24 }, 48)).toBe(false);
  expect(loosens({ name: "value_min", value: 10 }, 5)).toBe(true);
});
