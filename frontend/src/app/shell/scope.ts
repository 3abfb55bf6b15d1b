import type { AppState } from "@/lib/types";

/** What is shown for what, as chips of the header. */
export type ScopePart = { key: string; text: string };

/** Account, marketplaces, tag, product group and currency that the page in the address is about. */
export function scopeParts(state: AppState, search: Record<string, unknown>): ScopePart[] {
  const text = (key: string) => (typeof search[key] === "string" ? search[key] : "");
  const chosen = text("marketplaces")
    .split(",")
    .filter((code) => state.marketplaces.includes(code));
  const marketplaces = chosen.length > 0 ? chosen : state.marketplaces;
  const converted = text("currency");
  return [
    { key: "account", text: state.account },
    { key: "marketplaces", text: marketplaces.join(" · ") },
    { key: "tag", text: text("tag") === "" ? "" : `tag ${text("tag")}` },
    { key: "group", text: text("group") === "" ? "" : `group ${text("group")}` },
    { key: "currency", text: converted === "" ? state.currency : `≈ ${converted}` },
  ].filter((part) => part.text !== "");
}

/** The controls by which pages are narrowed, in the order of their use; their names begin so. */
const controls = ["Marketplaces", "Tag", "Product group", "Currency"];

/** Brings the page's own control of the scope under the keyboard; false where the page has none. */
export function focusScope(): boolean {
  for (const name of controls) {
    const control = document.querySelector<HTMLElement>(`main button[aria-label^="${name}: "]`);
    if (control) {
      control.focus();
      return true;
    }
  }
  return false;
}
