import { dayFromNumber, dayNumber } from "@/lib/format";

/** States that one looks for; "look" are those that a person must look at. */
export const stateFilters = ["look", "approved", "sending", "done", "not_done", "taken_back", "decision"] as const;
export type StateFilter = (typeof stateFilters)[number];

export const stateFilterTitles: Record<StateFilter, string> = {
  look: "To look at",
  approved: "Waits",
  sending: "Under way",
  done: "Done",
  not_done: "Not done",
  taken_back: "Taken back",
  decision: "Decided without an action",
};

/** Days back from today; 90 unless the address says otherwise. */
export const periods = [1, 7, 30, 90, 365] as const;
export type Period = (typeof periods)[number];

export const periodTitles: Record<Period, string> = {
  1: "Since yesterday",
  7: "7 days",
  30: "30 days",
  90: "90 days",
  365: "A year",
};

/** What the Journal shows, as its address says; absent is everything of 90 days. `sel` is the row under the cursor. */
export type JournalSearch = {
  state?: StateFilter;
  kind?: string;
  rule?: string;
  days?: Period;
  q?: string;
  sel?: string;
};

/** The address of the Journal; nonsense in it is left out. */
export function journalSearch(raw: Record<string, unknown>): JournalSearch {
  const days = periods.find((one) => one === raw.days);
  return {
    state: stateFilters.find((one) => one === raw.state),
    kind: text(raw.kind),
    rule: text(raw.rule),
    days: days === 90 ? undefined : days,
    q: text(raw.q),
    sel: text(raw.sel),
  };
}

/** The first and last day of a period that ends with the day of `now`, as days of UTC. */
export function periodDays(days: Period, now: string): { from: string; to: string } {
  const to = dayNumber(now);
  if (Number.isNaN(to)) return { from: "", to: "" };
  return { from: dayFromNumber(to - days), to: dayFromNumber(to) };
}

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}
