import type { Timeline } from "@/lib/dashboards/types";
import { dayNumber } from "@/lib/format";

type Span = Timeline["spans"][number];

/** A span on the axis of days: its beginning and width as shares of the plot, from 0 to 1. */
export type Band = { span: Span; start: number; width: number; days: number };

/** The spans of one state, on a line of their own. */
export type BandRow = { title: string; kind: string; bands: Band[] };

/** Places spans on the days from first to last, both shown; what lies outside is cut off or left out. */
export function bandRows(spans: readonly Span[], first: string, last: string): BandRow[] {
  const [from, to] = [dayNumber(first), dayNumber(last)];
  if (Number.isNaN(from) || Number.isNaN(to) || to < from) return [];
  const rows = new Map<string, BandRow>();
  for (const span of spans) {
    const [begin, end] = [Math.max(from, dayNumber(span.from)), Math.min(to, dayNumber(span.to))];
    if (!(begin <= end)) continue;
    // A day is drawn around its point, half of it to each side.
    const place = (day: number) => Math.min(1, Math.max(0, (day - from) / (to - from || 1)));
    const start = place(begin - 0.5);
    const row = rows.get(span.title) ?? { title: span.title, kind: span.kind, bands: [] };
    row.bands.push({
      span,
      start,
      width: place(end + 0.5) - start,
      days: dayNumber(span.to) - dayNumber(span.from) + 1,
    });
    rows.set(span.title, row);
  }
  return [...rows.values()];
}
