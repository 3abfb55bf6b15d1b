import { linkTo } from "@/lib/address";
import { type DashboardSearch, dashboardSearch, scopeAndRange } from "@/lib/dashboards/search";
import type { Check, CheckState } from "@/lib/dashboards/types";

/** The key of each check, first to twelfth: the number row from left to right. */
export const checkKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-", "="] as const;

/** The key that opens a check; "" for a check beyond the twelfth. */
export function checkKey(check: Pick<Check, "number">): string {
  return checkKeys[check.number - 1] ?? "";
}

type StateWords = { mark: string; word: string };

/** A state is told by a shape and a word; colour only repeats it. */
export const checkStates: Record<CheckState, StateWords> = {
  good: { mark: "✓", word: "good" },
  warning: { mark: "▲", word: "warning" },
  critical: { mark: "⬣", word: "critical" },
  info: { mark: "●", word: "note" },
  unknown: { mark: "⊘", word: "not known" },
  neutral: { mark: "", word: "" },
};

type RowsOf = DashboardSearch & { name: string; subject?: string };

/** Where the rows behind a check are shown, over the days that its page opens with; null where no number stands behind it. */
export function rowsOfCheck({ name, subject, link }: Pick<Check, "name" | "subject" | "link">): RowsOf | null {
  if (name === "") return null;
  const view = scopeAndRange(dashboardSearch(linkTo(link).search));
  return { ...view, name, subject: subject === "" ? undefined : subject };
}
