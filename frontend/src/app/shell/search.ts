import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Hit } from "@/lib/dashboards/types";

/** What was found in the account by words; best first. */
export const searchQuery = (query: string) =>
  queryOptions({
    queryKey: ["dashboards", "search", query],
    queryFn: async () => (await call<{ hits: Hit[] }>("dashboards.API.Search", { query })).hits,
    enabled: query !== "",
  });

const titles: Record<Hit["kind"], string> = {
  sku: "SKUs",
  campaign: "Campaigns",
  search_term: "Search terms",
  order: "Orders",
  view: "Saved views",
};

/** Hits under the name of their kind, the kind of the best hit first. */
export function hitGroups(hits: readonly Hit[]): { group: string; hits: Hit[] }[] {
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const group = titles[hit.kind] ?? hit.kind;
    groups.set(group, [...(groups.get(group) ?? []), hit]);
  }
  return [...groups].map(([group, members]) => ({ group, hits: members }));
}
