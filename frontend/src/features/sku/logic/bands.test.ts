import { describe, expect, it } from "vitest";
import { bandRows } from "./bands";

const span = (title: string, from: string, to: string) => ({ title, from, to, kind: "critical" });
const rounded = (value: number) => Math.round(value * 100) / 100;

describe("bands over the days", () => {
  it("stand at their days, half a day around each", () => {
    const [row] = bandRows([span("Out of stock", "2026-11-03", "2026-11-05")], "2026-11-01", "2026-11-11");
    expect(row?.bands.map(({ start, width, days }) => [rounded(start), rounded(width), days])).toEqual([
      [0.15, 0.3, 3],
    ]);
  });

  it("are cut off at the ends, and left out beyond them", () => {
    const spans = [
      span("Out of stock", "2026-10-01", "2026-11-02"),
      span("Hidden", "2026-09-01", "2026-09-03"),
      span("Out of stock", "2026-11-10", "2026-12-24"),
    ];
    const rows = bandRows(spans, "2026-11-01", "2026-11-11");
    expect(rows.map(({ title, bands }) => [title, bands.map((band) => rounded(band.start + band.width))])).toEqual([
      ["Out of stock", [0.15, 1]],
    ]);
    expect(rows[0]?.bands[0]?.start).toBe(0);
  });

  it("are none over days that are no days", () => {
    expect(bandRows([span("Out of stock", "2026-11-03", "2026-11-05")], "", "2026-11-11")).toEqual([]);
  });
});
