import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toCallError } from "@/lib/call";
import { type Kind, type Limit, limitsQuery, setLimit } from "../../api/guardrails";
import { figureText, loosens } from "../../logic/guardrails";
import type { Saved } from "../undo-line";

type Change = { kind: Kind; limit: Limit; value: string; typed: string };

/** Saves limits and says what was saved. Only what was loosened can be taken back at once: tightening is free. */
export function useLimits() {
  const client = useQueryClient();
  const [saved, setSaved] = useState<Saved | null>(null);
  const change = useMutation({
    mutationFn: ({ kind, limit, value, typed }: Change) =>
      setLimit({ kind: kind.name, name: limit.name, value, typed }),
    onSuccess: (kinds, { kind, limit }) => {
      client.setQueryData(limitsQuery.queryKey, kinds);
      const now = kinds.find(({ name }) => name === kind.name)?.limits.find(({ name }) => name === limit.name);
      if (!now) return;
      const text = savedText(kind, now);
      const back = limit.value === 0 ? "" : String(limit.value);
      const free = !loosens(now, limit.value);
      setSaved({
        text,
        undo: free ? () => change.mutate({ kind, limit: now, value: back, typed: "" }) : undefined,
      });
    },
  });
  const error = change.isError ? toCallError(change.error) : null;
  return {
    saved,
    problem: error ? `Not saved. ${error.message} ${error.hint}`.trim() : "",
    /** Sets a figure; 0 for none. What allows more than before must have been typed twice. */
    set: (kind: Kind, limit: Limit, value: number) => {
      const text = value === 0 ? "" : String(value);
      change.mutate({ kind, limit, value: text, typed: text });
    },
    reset: (kind: Kind, limit: Limit) => change.mutate({ kind, limit, value: "shipped", typed: "" }),
  };
}

function savedText({ title }: Kind, limit: Limit): string {
  if (limit.value === 0) return `${title}: nothing of this kind is done.`;
  return `${title}, ${limit.words}: ${figureText(limit.value, limit)}.`;
}
