import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { toCallError } from "@/lib/call";
import { setItem } from "../api/mutations";
import type { Item, Items } from "../api/types";
import { type CostField, itemChange, itemRestore } from "../logic/costs";
import type { Saved } from "./undo-line";

type Change = { item: Item; input: ReturnType<typeof itemChange> };

export const itemKey = (row: Item) => `${row.marketplace}/${row.sku}`;

/** Saves costs and lead times one by one, remembers the last for Undo, and says why one was refused. */
export function useCosts() {
  const client = useQueryClient();
  const [saved, setSaved] = useState<Saved | null>(null);
  const change = useMutation({
    mutationFn: ({ input }: Change) => setItem(input),
    onSuccess: (after, { item }) => {
      client.setQueriesData<InfiniteData<Items>>({ queryKey: ["settings", "items"] }, (data) => replaced(data, after));
      setSaved({
        text: `${after.sku}: ${itemText(after)}.`,
        undo: () => mutate({ item: after, input: itemRestore(item) }),
      });
    },
  });
  const { mutate } = change;
  const save = useCallback(
    (item: Item, field: CostField, text: string) => mutate({ item, input: itemChange(item, field, text) }),
    [mutate],
  );
  const error = change.isError ? toCallError(change.error) : null;
  return { saved, save, problem: error ? `Not saved. ${error.message} ${error.hint}`.trim() : "" };
}

function itemText(item: Item): string {
  const cost = item.cost ? `cost ${item.cost.text}` : "cost not known";
  return `${cost}, lead time ${item.lead_time_days} days${item.lead_assumed ? " (the default)" : ""}`;
}

function replaced(data: InfiniteData<Items> | undefined, item: Item): InfiniteData<Items> | undefined {
  if (!data) return data;
  return {
    ...data,
    pages: data.pages.map((page) => {
      const before = page.rows.find((row) => itemKey(row) === itemKey(item));
      const missing = before ? Number(item.cost === null) - Number(before.cost === null) : 0;
      return {
        ...page,
        rows: page.rows.map((row) => (row === before ? item : row)),
        missing_cost: page.missing_cost + missing,
      };
    }),
  };
}
