import type { Decision } from "../api/types";

/** The small line under a due day, from how many days are left. */
export function dueNote({ due, due_days }: Pick<Decision, "due" | "due_days">): string {
  if (due === "") return "";
  if (due_days < -1) return `${-due_days} days late`;
  if (due_days === -1) return "1 day late";
  if (due_days <= 1) return "due";
  return `in ${due_days} days`;
}
