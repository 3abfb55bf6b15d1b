import { dayFromNumber, dayNumber } from "@/lib/format";
import type { Change } from "./types";

/** Days that one can go to from the one that is shown; "" where there is none. */
export type Neighbours = { before: string; after: string; changeBefore: string; changeAfter: string };

/** The day before and after, up to the last with data, and the days on which the outcome changed around it. */
export function neighboursOf(changes: readonly Change[], day: string, last: string): Neighbours {
  const number = dayNumber(day);
  const known = !Number.isNaN(number);
  return {
    before: known ? dayFromNumber(number - 1) : "",
    after: known && day < last ? dayFromNumber(number + 1) : "",
    changeBefore: changes.filter((one) => one.day < day).at(-1)?.day ?? "",
    changeAfter: changes.find((one) => one.day > day)?.day ?? "",
  };
}

export type DayOutcome = { day: string; outcome: string; changed: string };

/** How each of some days up to the last ended; "" before the first run. */
export function outcomesOf(changes: readonly Change[], last: string, days: number): DayOutcome[] {
  const end = dayNumber(last);
  if (Number.isNaN(end) || changes.length === 0) return [];
  return Array.from({ length: days }, (_, index) => {
    const day = dayFromNumber(end - days + 1 + index);
    const change = changes.filter((one) => one.day <= day).at(-1);
    return {
      day,
      outcome: change?.outcome ?? "",
      changed: change?.day === day ? change.changed || change.summary : "",
    };
  });
}
