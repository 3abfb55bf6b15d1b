import { formatDay } from "@/lib/format";

/** The text and unit as they are shown: a text that is a day reads as a day and has no unit. */
export function worded(text: string, unit: string, locale: string, now: string): { text: string; unit: string } {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { text: formatDay(text, locale, now), unit: "" };
  // Of several amounts the dot between them stays with the one before it.
  return { text: text.replaceAll(" · ", "\u00a0· "), unit: unitOf(text, unit) };
}

/** The unit behind a written number: of one thing it is singular, "1 order". */
export function unitOf(text: string, unit: string): string {
  return /^[−-]?1$/.test(text) ? unit.replace(/([^s])s$/, "$1") : unit;
}
