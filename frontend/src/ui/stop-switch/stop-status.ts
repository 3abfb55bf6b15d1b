import { queryOptions, useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAnnounce } from "@/lib/announce";
import { call, toCallError } from "@/lib/call";
import type { actions } from "@/lib/contract";

/** Whether everything is stopped, the file that says so, and how many actions wait, are under way, or must be looked at. */
export type StopStatus = actions.StatusOutput;

/** The switch may also be thrown by hand, as a file: how soon that is seen while something may begin, and else. */
const lookAgainMs = { busy: 1000, idle: 5000 };

export const stopStatusQuery = queryOptions({
  queryKey: ["actions", "status"],
  queryFn: () => call<StopStatus>("actions.API.Status"),
  refetchInterval: ({ state: { data } }) =>
    data && data.waiting + data.sending > 0 ? lookAgainMs.busy : lookAgainMs.idle,
  refetchIntervalInBackground: true,
});

const mutationKey = ["actions", "stop"];

/** Throws the switch, or takes it back, and says what came of it. */
export function useStop(): { set: (stop: boolean) => void; busy: boolean } {
  const client = useQueryClient();
  const announce = useAnnounce();
  const { mutate, isPending } = useMutation({
    mutationKey,
    mutationFn: (stop: boolean) => call<StopStatus>("actions.API.Stop", { stop }),
    onSuccess: (status, stop) => {
      // An answer about an earlier moment must not come in after this one.
      void client.cancelQueries({ queryKey: stopStatusQuery.queryKey });
      client.setQueryData(stopStatusQuery.queryKey, status);
      if (!stop) announce("Resumed. What waits goes on.");
    },
    onError: (reason, stop) => announce(refusal(reason, stop)),
  });
  const set = useCallback((stop: boolean) => mutate(stop), [mutate]);
  return { set, busy: isPending };
}

/** Why the switch could not be moved the last time it was pressed; "" if it could. */
export function useStopFailure(): string {
  const tries = useMutationState({
    filters: { mutationKey },
    select: ({ state }) => (state.status === "error" ? refusal(state.error, state.variables === true) : ""),
  });
  return tries.at(-1) ?? "";
}

function refusal(reason: unknown, stop: boolean): string {
  const { message, hint } = toCallError(reason);
  return `${stop ? "Not stopped." : "Not resumed."} ${message} ${hint}`.trim();
}
