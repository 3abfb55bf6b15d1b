import { describe, expect, it } from "vitest";
import {
  dayFromNumber,
  dayNumber,
  formatChange,
  formatDay,
  formatDayLong,
  formatInstant,
  formatNumber,
  formatPercent,
  formatSeconds,
  safeLocale,
} from "./format";

describe("numbers", () => {
  it.each([
    [1234.5, 1, "1,234.5"],
    [-3, 0, "−3"],
    [0, 0, "0"],
    [0.05, 2, "0.05"],
  ])("writes %d with %d decimals as %s", (value, digits, text) => {
    expect(formatNumber(value, "en-US", digits)).toBe(text);
  });

  it("writes percent with one decimal", () => {
    expect(formatPercent(4.25, "en-US")).toBe("4.3 %");
  });

  it.each([
    [12, "%", "+12.0 %"],
    [-0.3, "pp", "−0.3 pp"],
    [0.04, "%", "0.0 %"],
  ])("writes the change %d %s as %s", (value, unit, text) => {
    expect(formatChange(value, unit, "en-US")).toBe(text);
  });

  it.each(["C", "C.UTF-8", "", "en_US", "de"])("never throws for the locale %j", (locale) => {
    expect(() => formatNumber(1, locale)).not.toThrow();
    expect(safeLocale(locale)).not.toBe("C");
  });
});

describe("days", () => {
  it("leaves the year out when it is this year", () => {
    expect(formatDay("2026-11-26", "en-US", "2026-11-25T06:10:00Z")).toBe("26 Nov");
    expect(formatDay("2027-01-02", "en-US", "2026-11-25T06:10:00Z")).toBe("2 Jan 2027");
    expect(formatDay("", "en-US")).toBe("—");
  });

  it("names the weekday in the long form", () => {
    expect(formatDayLong("2026-11-26", "en-US")).toBe("Thursday, 26 November 2026");
  });

  it("shows only the time for an instant of the same day", () => {
    expect(formatInstant("2026-11-25T06:10:00Z", "en-US", "2026-11-25T19:00:00Z", "UTC")).toBe("06:10");
    expect(formatInstant("2026-11-24T06:10:00Z", "en-US", "2026-11-25T19:00:00Z", "UTC")).toBe("24 Nov 06:10");
    expect(formatInstant("2026-11-24", "en-US", "2026-11-25T19:00:00Z", "UTC")).toBe("24 Nov");
    expect(formatInstant("", "en-US")).toBe("—");
  });

  it("turns day numbers into days and back", () => {
    expect(dayFromNumber(0)).toBe("1970-01-01");
    expect(dayFromNumber(dayNumber("2026-11-26"))).toBe("2026-11-26");
    expect(dayNumber("soon")).toBeNaN();
  });

  it("writes seconds as minutes and seconds", () => {
    expect(formatSeconds(100)).toBe("1:40");
    expect(formatSeconds(59.6)).toBe("1:00");
  });
});
