import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useCovered } from "@/lib/amounts";
import { useDisplay } from "@/lib/display";
import { actionsQuery, decidedQuery, ruleTitlesQuery } from "../api/queries";
import { type Entry, newestFirst, ofAction, ofDecision, withoutAction } from "../logic/entry";
import { type Period, periodDays } from "../logic/search";

const none: readonly never[] = [];

/** Everything that was decided in a period, newest first: actions, and decisions that led to none. */
export function useEntries(days: Period) {
  const { now } = useDisplay();
  const { from, to } = periodDays(days, now);
  const actions = useInfiniteQuery(actionsQuery(from, to));
  const decided = useQuery(decidedQuery);
  const titles = useQuery(ruleTitlesQuery).data;
  const trails = useMemo(() => actions.data?.pages.flat() ?? none, [actions.data]);
  const bare = useMemo(() => withoutAction(decided.data ?? none, trails), [decided.data, trails]);
  const entries = useMemo<Entry[]>(() => {
    const known = new Map(decided.data?.map((item) => [item.id, item]));
    const inPeriod = ({ at }: Entry) => from === "" || at.slice(0, 10) >= from;
    return newestFirst([
      ...trails.map((trail) => ofAction(trail, titles ?? {}, known.get(trail.decision))),
      ...bare.map(ofDecision).filter(inPeriod),
    ]);
  }, [trails, bare, decided.data, titles, from]);
  const client = useQueryClient();
  const again = useCallback(() => {
    void client.invalidateQueries({ queryKey: ["actions"] });
    void client.invalidateQueries({ queryKey: decidedQuery.queryKey });
  }, [client]);
  return {
    /** The first and the last day that was asked for; "" while today is not known. */
    from,
    to,
    entries: useCovered(entries),
    pending: actions.isPending || decided.isPending,
    fetching: actions.isFetching || decided.isFetching,
    error: actions.error ?? decided.error,
    known: actions.data !== undefined && decided.data !== undefined,
    /** How many decisions were read; the program gives no more than its limit. */
    decided: decided.data?.length ?? 0,
    more: actions.hasNextPage ? () => void actions.fetchNextPage() : undefined,
    again,
  };
}
