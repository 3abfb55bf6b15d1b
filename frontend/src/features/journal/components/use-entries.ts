import { useInfiniteQuery, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useCovered } from "@/lib/amounts";
import { useDisplay } from "@/lib/display";
import { actionsQuery, decidedAtQuery, decidedQuery, ruleTitlesQuery } from "../api/queries";
import type { DecisionItem } from "../api/types";
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
  const times = useTimes(bare);
  const entries = useMemo<Entry[]>(() => {
    const inPeriod = ({ at }: Entry) => at === "" || from === "" || at.slice(0, 10) >= from;
    return newestFirst([
      ...trails.map((trail) => ofAction(trail, titles ?? {})),
      ...bare.map((item, index) => ofDecision(item, times[index])).filter(inPeriod),
    ]);
  }, [trails, bare, times, titles, from]);
  const client = useQueryClient();
  const again = useCallback(() => {
    void client.invalidateQueries({ queryKey: ["actions"] });
    void client.invalidateQueries({ queryKey: decidedQuery.queryKey });
  }, [client]);
  return {
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

type Decided = { at: string; by: string } | undefined;

/** When each decision was decided, as far as that is known yet. */
function useTimes(items: readonly DecisionItem[]): readonly Decided[] {
  return useQueries({ queries: items.map((item) => decidedAtQuery(item)), combine: dataOf });
}

function dataOf(results: readonly { data: Decided }[]): Decided[] {
  return results.map(({ data }) => data);
}
