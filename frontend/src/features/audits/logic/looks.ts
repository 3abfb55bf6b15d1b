import type { Result, ReviewState, Verdict } from "../api/types";

export type Tone = "good" | "critical" | "warning" | "neutral";

/** A state is told by a shape and by words; colour only repeats it. */
export type Look = { mark: string; tone: Tone };

export const verdictLooks: Record<Verdict | "", Look> = {
  right: { mark: "✓", tone: "good" },
  wrong: { mark: "✗", tone: "warning" },
  critical: { mark: "⬣", tone: "critical" },
  "": { mark: "○", tone: "neutral" },
};

export const reviewLooks: Record<ReviewState, Look> = {
  empty: { mark: "–", tone: "neutral" },
  open: { mark: "○", tone: "neutral" },
  under_way: { mark: "◐", tone: "neutral" },
  done: { mark: "✓", tone: "good" },
};

export const resultLooks: Record<Result, Look & { word: string }> = {
  passed: { mark: "✓", tone: "good", word: "passed" },
  failed: { mark: "✗", tone: "critical", word: "failed" },
  cannot_tell: { mark: "?", tone: "warning", word: "cannot tell" },
  crashed: { mark: "⚡", tone: "critical", word: "crashed" },
  by_hand: { mark: "☐", tone: "neutral", word: "by hand" },
  not_run: { mark: "–", tone: "neutral", word: "not run" },
};
