import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { call, toCallError } from "@/lib/call";
import { policiesQuery } from "../../api/queries";
import type { Policies } from "../../api/types";
import type { Listed } from "./listed";

export type PolicyActs = {
  /** Switches policies on or off, one after the other. */
  switchTo: (policies: readonly Listed[], on: boolean) => void;
  /** Deletes own policies for good. */
  remove: (policies: readonly Listed[]) => void;
  busy: boolean;
};

/** Everything is judged anew when the policies change. */
export function refreshPolicies(client: QueryClient): void {
  for (const key of ["rules", "decisions", "app", "settings", "dashboards"]) {
    void client.invalidateQueries({ queryKey: [key] });
  }
}

const judgeTimeoutMs = 2 * 60_000;

/** What can be done with policies of the list. */
export function usePolicyActs(): PolicyActs {
  const client = useQueryClient();
  const announce = useAnnounce();
  const shared = useMemo(
    () => ({
      onError: (reason: unknown) => announce(`Not done. ${toCallError(reason).message}`),
      onSettled: () => refreshPolicies(client),
    }),
    [client, announce],
  );
  const switching = useMutation({
    mutationFn: ({ names, on }: { names: string[]; on: boolean }) => {
      showSwitched(client, new Set(names), !on);
      return each(names, (policy) => call<Policies>("rules.API.Switch", { policy, on }, judgeTimeoutMs));
    },
    ...shared,
  });
  const removing = useMutation({
    mutationFn: (names: string[]) =>
      each(names, (policy) => call<Policies>("rules.API.Remove", { policy }, judgeTimeoutMs)),
    ...shared,
  });
  const { mutate: send } = switching;
  const { mutate: drop } = removing;
  const switchTo = useCallback(
    (policies: readonly Listed[], on: boolean) => {
      const names = policies.filter((policy) => policy.off === on).map((policy) => policy.name);
      if (names.length === 0) {
        announce(on ? "On already" : "Off already");
        return;
      }
      send({ names, on }, { onSuccess: () => announce(`${wordsFor(policies, names)} switched ${on ? "on" : "off"}`) });
    },
    [send, announce],
  );
  const remove = useCallback(
    (policies: readonly Listed[]) => {
      const names = policies.filter((policy) => policy.own).map((policy) => policy.name);
      drop(names, { onSuccess: () => announce(`${wordsFor(policies, names)} deleted`) });
    },
    [drop, announce],
  );
  return { switchTo, remove, busy: switching.isPending || removing.isPending };
}

function wordsFor(policies: readonly Listed[], names: readonly string[]): string {
  const only = policies.find((policy) => policy.name === names[0]);
  return names.length === 1 && only ? only.title || only.name : `${names.length} rules`;
}

/** One after the other: each answers when all is judged anew. */
async function each(names: readonly string[], act: (name: string) => Promise<unknown>): Promise<void> {
  for (const name of names) await act(name);
}

/** Shows a switch as pressed while the program judges anew. */
function showSwitched(client: QueryClient, names: ReadonlySet<string>, off: boolean): void {
  client.setQueryData(
    policiesQuery.queryKey,
    (before) =>
      before && {
        ...before,
        policies: before.policies.map((policy) => (names.has(policy.name) ? { ...policy, off } : policy)),
      },
  );
}
