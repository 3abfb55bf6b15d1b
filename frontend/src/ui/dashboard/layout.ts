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

/** Charts in a row where the layout does not say. */
const perRow = 3;

export type PlacedChart = { spec: ChartSpec; share: number };

/** The charts that are shown, row by row: those of the layout, or the first few, then all others on demand. */
export function placeCharts(
  specs: readonly ChartSpec[],
  layout: Layout,
  shown: ChartsShown | undefined,
): PlacedChart[][] {
  if (shown === "none") return [];
  const named = (layout.charts ?? []).flatMap(({ name, share }) => {
    const spec = specs.find((candidate) => candidate.name === name);
    return spec ? [{ spec, share }] : [];
  });
  const others = specs
    .filter((spec) => !named.some((placed) => placed.spec === spec))
    .map((spec) => ({ spec, share: 1 }));
  const all = [...named, ...others];
  const first = named.length || perRow;
  const rows = [all.slice(0, first)];
  if (shown === "all") for (let at = first; at < all.length; at += perRow) rows.push(all.slice(at, at + perRow));
  return rows.filter((row) => row.length > 0);
}
