import { describe, expect, it } from "vitest";
import type { ChartMarker } from "@/lib/dashboards/types";
import { dayRange, groupMarkers } from "./lane";
import { drawnLines } from "./roles";
import { apart } from "./series-marks";

const at = (day: number): ChartMarker => ({ day, title: `day ${day}`, kind: "decision", link: "" });

describe("groupMarkers", () => {
  it("keeps apart what fits, groups what does not, and leaves out other days", () => {
    const groups = groupMarkers([at(20), at(11), at(10), at(99)], [10, 20], 100);
    expect(groups.map((group) => [group.at, group.markers.map((marker) => marker.day)])).toEqual([
      [0, [10, 11]],
      [1, [20]],
    ]);
  });

  it("has room for half a column at both ends", () => {
    expect(dayRange([10, 11, 12], true)).toEqual([9.5, 12.5]);
    expect(dayRange([10], false)).toEqual([9.5, 10.5]);
  });
});

describe("drawnLines", () => {
  it("draws four series of their own at most, in different dashes, and bands under them", () => {
    const own = Array.from({ length: 6 }, (_, index) => ({ label: `${index}`, role: "second" as const, values: [1] }));
    const { drawn, leftOut } = drawnLines([...own, { label: "range", role: "band_low", values: [0] }], false);
    expect(leftOut).toBe(2);
    expect(drawn[0]?.role).toBe("band_low");
    expect(new Set(drawn.slice(1).map((line) => line.style.dash.join())).size).toBe(4);
  });
});

describe("apart", () => {
  it("moves labels apart without leaving the plot", () => {
    expect(apart([{ y: 98 }, { y: 97 }, { y: 10 }], 12, 0, 100).map((label) => label.y)).toEqual([10, 88, 100]);
  });
});
