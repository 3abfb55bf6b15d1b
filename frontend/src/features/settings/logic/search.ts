/** The parts of the Settings page, in their order. */
export const sections = [
  "thresholds",
  "guardrails",
  "costs",
  "rates",
  "notifications",
  "display",
  "storage",
  "about",
] as const;

export type Section = (typeof sections)[number];

/** The view state of the Settings page in its address; what is absent is at its default. */
export type SettingsSearch = { section?: Section; q?: string; missing?: boolean; changed?: boolean };

export function settingsSearch(raw: Record<string, unknown>): SettingsSearch {
  const q = typeof raw.q === "number" ? String(raw.q) : raw.q;
  return {
    section: sections.find((s) => s === raw.section),
    q: typeof q === "string" && q !== "" ? q : undefined,
    missing: raw.missing === true ? true : undefined,
    changed: raw.changed === true ? true : undefined,
  };
}
