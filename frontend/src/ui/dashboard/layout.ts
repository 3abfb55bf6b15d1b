import type { ChartsShown } from "@/lib/dashboards/search";
import type { ChartSpec } from "@/lib/dashboards/types";

/** How a page places what its module declares. */
export type Layout = {
  /** Charts of the first row, from the left, with their share of its width. Others follow, one share each. */
  charts?: readonly { name: string; share: number }[];
  /** Of scatters: the table whose subjects the points are; absent: the one that is shown. */
  points?: Readonly<Record<string, string>>;
  /** What stands first under the controls; absent: the numbers. */
  lead?: "tiles" | "charts";
};

/** Charts in the first row where the layout names none. */
const firstRow = 3;

export type PlacedChart = { spec: ChartSpec; share: number };

/** The charts that are shown, and how many are not. */
export function placeCharts(
  specs: readonly ChartSpec[],
  layout: Layout,
  shown: ChartsShown | undefined,
): { row: PlacedChart[]; more: PlacedChart[]; hidden: number } {
  const named = (layout.charts ?? []).flatMap(({ name, share }) => {
    const spec = specs.find((candidate) => candidate.name === name);
    return spec ? [{ spec, share }] : [];
  });
  const others = specs
    .filter((spec) => !named.some((placed) => placed.spec === spec))
    .map((spec) => ({ spec, share: 1 }));
  const all = [...named, ...others];
  const row = all.slice(0, named.length || firstRow);
  const rest = all.slice(row.length);
  if (shown === "none") return { row: [], more: [], hidden: all.length };
  return shown === "all" ? { row, more: rest, hidden: 0 } : { row, more: [], hidden: rest.length };
}
