import type { Ask } from "../api/types";

const kinds: Record<string, string> = {
  fresh: "what is new",
  snapshot: "as it is now",
  again: "restated",
  backfill: "the past",
};

/** What an ask is for: "what is new". */
export const kindWords = (kind: string): string => kinds[kind] ?? kind;

/** Whether it can be stopped: it waits or is under way. */
export const stoppable = (ask: Ask): boolean => ["open", "running", "suspect", "held"].includes(ask.status);

const dayMs = 86_400_000;

/** The window as days "YYYY-MM-DD", or as instants where it is shorter than one; nothing for a snapshot. */
export function askDays({ day, from, to }: Ask): { first: string; last: string } {
  if (day !== "") return { first: day, last: day };
  if (Date.parse(to) - Date.parse(from) < dayMs) return { first: from, last: to };
  return { first: from.slice(0, 10), last: to.slice(0, 10) };
}

/** A length of time for people: "8 s", "2 min", "1 h 20 min". */
export function tookText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
