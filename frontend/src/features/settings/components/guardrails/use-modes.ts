import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toCallError } from "@/lib/call";
import { type Band, type Mode, type ModeName, modesQuery, setMode } from "../../api/guardrails";
import { modeTitles } from "../../logic/guardrails";
import type { Saved } from "../undo-line";

export const noBand: Band = { per_day: 0, units_max: 0, minor: 0, currency: "", only: [] };

type Change = { mode: Mode; to: ModeName; consent: string; band: Band };

/** Saves how rules may act. A change can be taken back at once unless that would let a rule act by itself. */
export function useModes() {
  const client = useQueryClient();
  const [saved, setSaved] = useState<Saved | null>(null);
  const change = useMutation({
    mutationFn: ({ mode, to, consent, band }: Change) => setMode({ policy: mode.policy, mode: to, consent, band }),
    onSuccess: (modes, { mode, to }) => {
      client.setQueryData(modesQuery.queryKey, modes);
      const before = mode.mode;
      const back = () => change.mutate({ mode: { ...mode, mode: to }, to: before, consent: "", band: noBand });
      setSaved({
        text: `${mode.title || mode.policy}: ${modeTitles[to].toLowerCase()}.`,
        undo: before === "auto" || before === to ? undefined : back,
      });
    },
  });
  const error = change.isError ? toCallError(change.error) : null;
  return {
    saved,
    busy: change.isPending,
    problem: error ? `Not saved. ${error.message} ${error.hint}`.trim() : "",
    set: (mode: Mode, to: "observe" | "propose") => change.mutate({ mode, to, consent: "", band: noBand }),
    let: (mode: Mode, consent: string, band: Band, done: () => void) =>
      change.mutate({ mode, to: "auto", consent, band }, { onSuccess: done }),
  };
}
