import { describe, expect, it } from "vitest";
import type { Lane } from "@/lib/dashboards/types";
import { dailyChartData } from "@/ui/chart/daily-chart-data";
import { lanesTable } from "./lanes-table";

const lane = (title: string, days: number[], values: (number | null)[]): Lane => ({
  name: title,
  data: dailyChartData({ title, label: title, days, values, unit: "units", settlingFrom: 0 }),
});

describe("the lanes as a table", () => {
  it("has a row a day of any lane, the newest first; a day that a lane does not know is unknown", () => {
    const { columns, rows } = lanesTable([lane("Units", [10, 11], [1, 2]), lane("Stock", [11, 12], [null, 9])]);
    expect(columns.map(({ title }) => title)).toEqual(["Day", "Units", "Stock"]);
    expect(rows.map(({ cells }) => cells)).toEqual([
      [12, null, 9],
      [11, 2, null],
      [10, 1, null],
    ]);
  });

  it("names lines of the same name by their lanes", () => {
    const twice = { ...lane("Returns", [10], [3]) };
    const one = lane("Units", [10], [1]);
    const same = one.data.lines.map((line) => ({ ...line, label: "Returns" }));
    const { columns } = lanesTable([twice, { ...one, data: { ...one.data, lines: same } }]);
    expect(columns.map(({ title }) => title)).toEqual(["Day", "Returns, Returns", "Units, Returns"]);
  });
});
