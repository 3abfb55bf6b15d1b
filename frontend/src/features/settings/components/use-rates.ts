import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toCallError } from "@/lib/call";
import { useDisplay } from "@/lib/display";
import { formatDay } from "@/lib/format";
import { deleteRate, setRate } from "../api/mutations";
import { ratesQuery } from "../api/queries";
import type { Rate } from "../api/types";
import { rateKey, rateText } from "../logic/rates";
import type { Saved } from "./undo-line";

type Change = { rate: Rate; remove: boolean };

/** The rates, and storing and forgetting them one by one, with the way back. */
export function useRates() {
  const client = useQueryClient();
  const { locale, now } = useDisplay();
  const query = useQuery(ratesQuery);
  const [saved, setSaved] = useState<Saved | null>(null);
  const change = useMutation({
    mutationFn: ({ rate, remove }: Change) => (remove ? deleteRate(rate) : setRate(rate)),
    onMutate: ({ rate }) => query.data?.find((one) => rateKey(one) === rateKey(rate)),
    onSuccess: (rates, { rate, remove }, before) => {
      const text = rateText(rate, formatDay(rate.day, locale, now));
      client.setQueryData(ratesQuery.queryKey, rates);
      setSaved({
        text: remove ? `Forgotten: ${text}.` : `${text}.`,
        undo: () => change.mutate(before ? { rate: before, remove: false } : { rate, remove: true }),
      });
    },
  });
  const error = change.isError ? toCallError(change.error) : null;
  return {
    query,
    saved,
    store: (rate: Rate, then: () => void) => change.mutate({ rate, remove: false }, { onSuccess: then }),
    forget: (rate: Rate) => change.mutate({ rate, remove: true }),
    busy: change.isPending,
    problem: error ? `Not saved. ${error.message} ${error.hint}`.trim() : "",
  };
}
