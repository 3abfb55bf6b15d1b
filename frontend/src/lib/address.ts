import { defaultParseSearch } from "@tanstack/react-router";

/** An address of the window as Go writes it ("/m/sales?range=90d"), in the parts that a link or navigate takes. */
export function linkTo(address: string): { to: string; search: Record<string, unknown> } {
  const cut = address.indexOf("?");
  if (cut < 0) return { to: address, search: {} };
  return { to: address.slice(0, cut), search: defaultParseSearch(address.slice(cut)) };
}
