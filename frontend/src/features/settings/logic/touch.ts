import type { Subjects } from "../api/guardrails";

/** How many are listed at once; the others are found by typing. */
export const mostListed = 50;

/** One that may be named. `gone`: it was named before and is not there any more. */
export type Offer = { id: string; label: string; proposed: boolean; gone: boolean };

/** All that may be named, what it has proposed for first. What was named before stays, also where it is gone. */
export function offersOf({ proposed, known }: Subjects, stored: readonly string[]): Offer[] {
  const offers: Offer[] = [
    ...proposed.map((one) => ({ ...one, proposed: true, gone: false })),
    ...known.map((one) => ({ ...one, proposed: false, gone: false })),
  ];
  const there = new Set(offers.map(({ id }) => id));
  const gone = stored.filter((id) => !there.has(id)).map((id) => ({ id, label: "", proposed: false, gone: true }));
  return [...gone, ...offers];
}

/** The offers whose id or name has all the words. */
export function matching(offers: readonly Offer[], text: string): readonly Offer[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return offers;
  return offers.filter(({ id, label }) => {
    const name = `${id} ${label}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}

/** A snapshot: what was chosen and these, each once, sorted. What comes later is not among them. */
export function withAll(chosen: readonly string[], more: readonly { id: string }[]): string[] {
  return [...new Set([...chosen, ...more.map(({ id }) => id)])].sort();
}

/** "12 SKUs", "1 campaign". */
export function countText(count: number, noun: string): string {
  const one = noun === "" ? "subject" : noun;
  return `${count.toLocaleString("en")} ${count === 1 ? one : `${one}s`}`;
}
