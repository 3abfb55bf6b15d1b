/** The parts of the page. */
export type AuditsTab = "review" | "checklists";

/**
 * What the page shows; absent is the default: the review of the newest month that has something to look at. An item
 * is an action of that month; a check is named by its list and itself.
 */
export type AuditsSearch = {
  tab?: AuditsTab;
  month?: string;
  item?: number;
  view?: "report";
  check?: string;
};

/** The address of the page; nonsense in it is left out. */
export function auditsSearch(raw: Record<string, unknown>): AuditsSearch {
  const month = typeof raw.month === "string" && /^\d{4}-(0[1-9]|1[0-2])$/.test(raw.month) ? raw.month : undefined;
  const item = typeof raw.item === "number" && Number.isInteger(raw.item) && raw.item > 0 ? raw.item : undefined;
  const check = typeof raw.check === "string" && /^[^/]+\/[^/]+$/.test(raw.check) ? raw.check : undefined;
  const lists = raw.tab === "checklists";
  return {
    tab: lists ? "checklists" : undefined,
    month,
    item: lists || month === undefined ? undefined : item,
    view: !lists && month !== undefined && raw.view === "report" ? "report" : undefined,
    check: lists ? check : undefined,
  };
}
