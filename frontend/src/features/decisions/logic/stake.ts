import type { Decision, Stake } from "../api/types";

/** The amount alone: the column says "a day" in its own small line. */
export function amountOf(stake: Stake): { minor: number; currency: string; text: string } | null {
  if (!stake.known) return null;
  return { minor: stake.minor, currency: stake.currency, text: stake.text.replace(/ a day$/, "") };
}

/** The small line under a due day, from how many days are left. */
export function dueNote({ due, due_days }: Pick<Decision, "due" | "due_days">): string {
  if (due === "") return "";
  if (due_days < -1) return `${-due_days} days late`;
  if (due_days === -1) return "1 day late";
  if (due_days <= 1) return "due";
  return `in ${due_days} days`;
}
