import type { FreshState, KindFreshness } from "../api/types";

export interface FreshnessGroups {
  taken: KindFreshness[];
  missing: KindFreshness[];
}

/** Kinds that have been imported and those that have not, each in Go's order. */
export function groupKinds(kinds: KindFreshness[]): FreshnessGroups {
  return {
    taken: kinds.filter((k) => k.state !== "missing"),
    missing: kinds.filter((k) => k.state === "missing"),
  };
}

const words: [FreshState, string][] = [
  ["fresh", "fresh"],
  ["settling", "still settling"],
  ["stale", "stale"],
];

/** The finding of the Data page: "5 of 7 reports are here: 2 fresh, 2 still settling, 1 stale." */
export function freshnessSentence(kinds: KindFreshness[]): string {
  const taken = kinds.filter((k) => k.state !== "missing").length;
  if (taken === 0) return "No report file has been imported yet.";
  const parts = words
    .map(([state, word]) => ({ count: kinds.filter((k) => k.state === state).length, word }))
    .filter((part) => part.count > 0);
  if (parts.length === 1 && taken === kinds.length) return `All ${taken} reports are ${parts[0]?.word}.`;
  return `${taken} of ${kinds.length} reports are here: ${parts.map((p) => `${p.count} ${p.word}`).join(", ")}.`;
}
