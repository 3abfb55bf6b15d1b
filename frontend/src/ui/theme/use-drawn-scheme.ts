import { useSyncExternalStore } from "react";

const attribute = "data-mantine-color-scheme";

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: [attribute] });
  return () => observer.disconnect();
}

/**
 * The colour scheme whose tokens hold now. What is drawn on a canvas reads the tokens itself, and a provider may
 * announce a new scheme before they have changed.
 */
export function useDrawnScheme(): string {
  return useSyncExternalStore(subscribe, () => document.documentElement.getAttribute(attribute) ?? "");
}
