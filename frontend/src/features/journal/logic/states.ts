import type { ActionState } from "../api/types";
import type { Entry } from "./entry";
import type { StateFilter } from "./search";

export type Tone = "good" | "info" | "warning" | "critical" | "neutral";

/** Shape, word and colour of a state. */
export type Look = { mark: string; word: string; tone: Tone; filter: StateFilter };

/** What leaves this computer is sent; what stays on it is done. */
const outbound = 2;

/** How an action stands, by its state, by whether it leaves this computer, and by whether anything more comes of it. */
export function lookOf(state: ActionState, level: number, over = false): Look {
  const sent = level >= outbound;
  switch (state) {
    case "approved":
      return { mark: "◷", word: "waits", tone: "info", filter: "approved" };
    case "sending":
      return { mark: "➜", word: "under way", tone: "info", filter: "sending" };
    case "sent":
      // What a peer cannot be asked for has its receipt, and nothing comes after it.
      return over
        ? { mark: "➜", word: "sent", tone: "good", filter: "done" }
        : { mark: "➜", word: "sent, not read back yet", tone: "info", filter: "sending" };
    case "verified":
      return { mark: "✓", word: sent ? "sent" : "done", tone: "good", filter: "done" };
    case "mismatch":
      return { mark: "≠", word: "not as approved", tone: "warning", filter: "look" };
    case "unknown":
      return { mark: "?", word: "unknown", tone: "critical", filter: "look" };
    case "failed":
      return { mark: "✗", word: sent ? "not sent" : "not done", tone: "warning", filter: "not_done" };
    case "cancelled":
      return { mark: "↩", word: "taken back before it began", tone: "neutral", filter: "taken_back" };
    case "rolled_back":
      return { mark: "↩", word: "done, and taken back", tone: "neutral", filter: "taken_back" };
  }
}

const decided: Record<string, { mark: string; word: string }> = {
  approved: { mark: "✓", word: "approved" },
  rejected: { mark: "⊘", word: "dismissed" },
  snoozed: { mark: "◷", word: "put off" },
  expired: { mark: "○", word: "expired" },
};

/** How an entry stands. A decision without an action says it in the program's own words. */
export function lookOfEntry(entry: Entry): Look {
  if (entry.trail) return lookOf(entry.trail.state, entry.trail.level, entry.trail.ended_at !== "");
  const known = decided[entry.item.state] ?? { mark: "·", word: entry.item.state };
  const words = entry.item.state_text || known.word;
  return { mark: known.mark, word: words, tone: "neutral", filter: "decision" };
}

/** In the order in which a batch tells of its members. */
const order: ActionState[] = [
  "verified",
  "sent",
  "sending",
  "approved",
  "mismatch",
  "unknown",
  "failed",
  "cancelled",
  "rolled_back",
];

const short: Record<ActionState, [local: string, outbound: string]> = {
  verified: ["done", "sent"],
  sent: ["done", "sent"],
  sending: ["under way", "under way"],
  approved: ["waiting", "waiting"],
  mismatch: ["not as approved", "not as approved"],
  unknown: ["unknown", "unknown"],
  failed: ["not done", "not sent"],
  cancelled: ["taken back", "taken back"],
  rolled_back: ["taken back", "taken back"],
};

/** What became of several that were approved together: "Approved together: 3 sent, 1 not sent, 1 unknown". */
export function batchText(members: readonly { state: ActionState; level: number }[]): string {
  const column = members.some(({ level }) => level >= outbound) ? 1 : 0;
  const counts = new Map<string, number>();
  for (const state of order) {
    const n = members.filter((one) => one.state === state).length;
    const word = short[state][column];
    if (n > 0) counts.set(word, (counts.get(word) ?? 0) + n);
  }
  const parts = [...counts].map(([word, n]) => `${n} ${word}`);
  return `Approved together: ${parts.join(", ")}`;
}

/** What doing it means, in words. */
export function levelText(level: number): string {
  if (level >= 3) return "It leaves this computer for good; nothing takes it back.";
  if (level === outbound) return "It leaves this computer and can be reverted.";
  return "It stays on this computer.";
}
