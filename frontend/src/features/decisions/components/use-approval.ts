import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { levelsQuery } from "../api/queries";
import type { Decision, Level } from "../api/types";
import { type Act, approveAct } from "../logic/optimistic";
import { idsOf, nameOf } from "../logic/triage";

/** What must be looked at before it is approved. */
export type Looked = { ids: readonly string[]; units: number; name: string };

type Approval = {
  looked: Looked | null;
  /** Approves one decision that stays on this computer at once; all else is looked at first. */
  ask: (items: readonly Decision[], units: number) => void;
  close: () => void;
};

export function useApproval(decide: (act: Act, ids: readonly string[]) => void, acted: () => void): Approval {
  const client = useQueryClient();
  const [looked, setLooked] = useState<Looked | null>(null);
  // Read early, so that an approval need not wait for it.
  useQuery(levelsQuery);
  const ask = useCallback(
    (items: readonly Decision[], units: number) => {
      const ids = idsOf(items);
      const [only] = items;
      if (!only) return;
      const look = () => setLooked({ ids, units, name: nameOf(items) });
      const answer = (levels: ReadonlyMap<string, Level>) => {
        if (!staysHere(levels.get(only.action.kind))) return look();
        decide(approveAct(units, nameOf(items)), ids);
        acted();
      };
      if (ids.length > 1) return look();
      const levels = client.getQueryData(levelsQuery.queryKey);
      if (levels) answer(levels);
      else client.ensureQueryData(levelsQuery).then(answer, look);
    },
    [client, decide, acted],
  );
  const close = useCallback(() => setLooked(null), []);
  return useMemo(() => ({ looked, ask, close }), [looked, ask, close]);
}

/** A kind that is not known might do anything. */
function staysHere(level: Level | undefined): boolean {
  return level !== undefined && level <= 1;
}
