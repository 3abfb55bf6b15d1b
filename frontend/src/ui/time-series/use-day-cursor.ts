import { useCallback } from "react";
import type { SeriesData } from "./series";
import { useCursorDay } from "./shared-cursor";

export type DayCursor = {
  /** Index of the day under the cursor, -1 for none. */
  at: number;
  /** Index of the day whose values are shown: without a cursor the last that is known. */
  shown: number;
  move: (index: number) => void;
  setDay: (day: number | null) => void;
};

/** The day under the cursor of a chart; charts with the same key have it in common. */
export function useDayCursor(data: SeriesData, syncKey: string | undefined): DayCursor {
  const [day, setDay] = useCursorDay(syncKey);
  const { days } = data;
  const at = day === null ? -1 : days.indexOf(day);
  const move = useCallback((index: number) => setDay(days[index] ?? null), [setDay, days]);
  return { at, shown: at >= 0 ? at : lastInRange(data), move, setDay };
}

/** The last day with a value of its own: projections run past it. */
function lastInRange({ days, lines }: SeriesData): number {
  const main = lines.find((line) => line.role === "main") ?? lines[0];
  const last = main?.values.findLastIndex((value) => value !== null) ?? -1;
  return last < 0 ? days.length - 1 : last;
}
