import type { ChartMarker } from "@/lib/dashboards/types";

/** Markers that are too close together to be told apart; `at` is their place from 0 to 1 across the plot. */
export type MarkerGroup = { at: number; markers: ChartMarker[] };

/** Days of the axis: columns need half a day of room at both ends. */
export function dayRange(days: readonly number[], columns: boolean): [number, number] {
  const first = days[0] ?? 0;
  const last = days.at(-1) ?? first;
  const room = columns || first === last ? 0.5 : 0;
  return [first - room, last + room];
}

/** Groups the markers within the days by what fits beside each other; `gap` is the width of a button in pixels. */
export function groupMarkers(
  markers: readonly ChartMarker[],
  [first, last]: readonly [number, number],
  width: number,
  gap = 26,
): MarkerGroup[] {
  const inside = markers
    .filter((marker) => marker.day >= first && marker.day <= last)
    .toSorted((a, b) => a.day - b.day || a.title.localeCompare(b.title));
  const groups: MarkerGroup[] = [];
  for (const marker of inside) {
    const at = (marker.day - first) / (last - first || 1);
    const before = groups.at(-1);
    if (before && (at - before.at) * width < gap) before.markers.push(marker);
    else groups.push({ at, markers: [marker] });
  }
  return groups;
}
