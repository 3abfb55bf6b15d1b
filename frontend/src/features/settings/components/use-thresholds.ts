import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toCallError } from "@/lib/call";
import { resetThreshold, setThreshold } from "../api/mutations";
import type { Threshold } from "../api/types";
import { defaultText, thresholdTitle, valueText } from "../logic/threshold";
import type { Saved } from "./undo-line";

type Change = { policy: string; threshold: Threshold; value: number | null };

/** Saves thresholds, remembers the last change for Undo, and says why one was refused. */
export function useThresholds() {
  const client = useQueryClient();
  const [saved, setSaved] = useState<Saved | null>(null);
  const change = useMutation({
    mutationFn: ({ policy, threshold, value }: Change) =>
      value === null ? resetThreshold(policy, threshold.name) : setThreshold(policy, threshold.name, value),
    onSuccess: (_, { policy, threshold, value }) => {
      const now = value === null ? `${defaultText(threshold)}, the default` : valueText(value, threshold);
      // A threshold at its default goes back by reset, so that it is not marked as changed.
      const before = threshold.changed ? threshold.value : null;
      setSaved({
        text: `${thresholdTitle(threshold)} is ${now}.`,
        undo: () =>
          change.mutate({ policy, threshold: { ...threshold, value, changed: value !== null }, value: before }),
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["rules"] }),
  });
  const error = change.isError ? toCallError(change.error) : null;
  return {
    saved,
    problem: error ? `Not saved. ${error.message} ${error.hint}`.trim() : "",
    set: (policy: string, threshold: Threshold, value: number) => change.mutate({ policy, threshold, value }),
    reset: (policy: string, threshold: Threshold) => change.mutate({ policy, threshold, value: null }),
  };
}
