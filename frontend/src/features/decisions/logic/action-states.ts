import type { ActionState, Trail } from "../api/types";

export type ActionTone = "good" | "critical" | "warning" | "neutral";

type StateLook = { mark: string; tone: ActionTone };

/** A state is told by a shape and by the program's words; colour only repeats it. */
export const actionStates: Record<ActionState, StateLook> = {
  approved: { mark: "◷", tone: "neutral" },
  sending: { mark: "➜", tone: "neutral" },
  sent: { mark: "➜", tone: "neutral" },
  verified: { mark: "✓", tone: "good" },
  mismatch: { mark: "≠", tone: "warning" },
  unknown: { mark: "?", tone: "critical" },
  failed: { mark: "✗", tone: "warning" },
  cancelled: { mark: "↩", tone: "neutral" },
  rolled_back: { mark: "↩", tone: "neutral" },
};

/** Whether only a person can say what became of it. */
export function needsAnswer({ state }: Pick<Trail, "state">): boolean {
  return state === "unknown" || state === "mismatch";
}

/** When it came to its state, as far as it did: ended, begun, or approved. */
export function stateTime({ ended_at, began_at, approved_at }: Trail): string {
  return ended_at || began_at || approved_at;
}
