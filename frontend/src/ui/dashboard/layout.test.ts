import { describe, expect, it } from "vitest";
import type { ChartSpec } from "@/lib/dashboards/types";
import { placeCharts } from "./layout";

const specs: ChartSpec[] = ["a", "b", "c", "d", "e"].map((name) => ({
  name,
  title: name,
  kind: "lines",
  per_subject: false,
}));
const names = (rows: ReturnType<typeof placeCharts>) => rows.map((row) => row.map(({ spec }) => spec.name).join(""));

describe("placeCharts", () => {
  it("shows the first few when the layout names none", () => {
    expect(names(placeCharts(specs, {}, undefined))).toEqual(["abc"]);
  });

  it("puts the named ones first, with their share, and leaves out what the module does not have", () => {
    const layout = {
      charts: [
        { name: "d", share: 5 },
        { name: "gone", share: 1 },
        { name: "a", share: 2 },
      ],
    };
    const rows = placeCharts(specs, layout, undefined);
    expect(names(rows)).toEqual(["da"]);
    expect(rows[0]?.map(({ share }) => share)).toEqual([5, 2]);
  });

  it("shows all the others on demand, and none to give the table the room", () => {
    expect(names(placeCharts(specs, { charts: [{ name: "e", share: 1 }] }, "all"))).toEqual(["e", "abc", "d"]);
    expect(placeCharts(specs, {}, "none")).toEqual([]);
    expect(placeCharts([], {}, "all")).toEqual([]);
  });
});
