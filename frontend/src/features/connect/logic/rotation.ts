import type { Rotation } from "../api/types";

/** How urgent the end of a client secret is. */
export type SecretAge = "none" | "unknown" | "good" | "soon" | "ended";

export function secretAge({ applies, days_left, due }: Rotation): SecretAge {
  if (!applies) return "none";
  if (days_left === null) return "unknown";
  if (days_left < 0) return "ended";
  return due ? "soon" : "good";
}
