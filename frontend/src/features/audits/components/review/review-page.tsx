import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { useCovered } from "@/lib/amounts";
import { useAnnounce } from "@/lib/announce";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { itemQuery, monthQuery } from "../../api/queries";
import type { Judged } from "../../api/types";
import { withTiming } from "../../logic/pace";
import { ReviewItem } from "./review-item";
import type { Drafts } from "./use-review";

type Props = { month: string; id: number };

/** The review of a month, one item after the other, by keyboard alone if one likes. */
export function ReviewPage({ month, id }: Props) {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const client = useQueryClient();
  const query = useQuery(itemQuery(month, id));
  const standing = useQuery(monthQuery(month)).data;
  const item = useCovered(query.data);
  const drafts = useRef<Drafts>(new Map());
  const began = useRef(0);
  const [timings, setTimings] = useState<readonly number[]>([]);
  const [after, setAfter] = useState<Judged | null>(null);
  const onItem = useCallback(
    (next: number) => {
      setAfter(null);
      void navigate({ to: "/audits", search: { month, item: next } });
    },
    [navigate, month],
  );
  const onBack = useCallback(() => void navigate({ to: "/audits", search: { month } }), [navigate, month]);
  const goOn = useCallback(
    (judged: Judged) => {
      if (judged.next_open > 0) return onItem(judged.next_open);
      announce(`${judged.month.title}: all ${judged.month.to_look} have a verdict.`);
      void navigate({ to: "/audits", search: { month, view: "report" } });
    },
    [onItem, announce, navigate, month],
  );
  const onJudged = useCallback(
    (judged: Judged) => {
      setTimings((before) => withTiming(before, (performance.now() - began.current) / 1000));
      const { text, demoted, look_again } = judged.consequence;
      announce(`${judged.item.verdict_text}. ${judged.month.looked} of ${judged.month.to_look} looked at.`);
      if (text.length + demoted.length + look_again.length > 0) setAfter(judged);
      else goOn(judged);
    },
    [announce, goOn],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: an item is timed from when it comes up.
  useEffect(() => {
    began.current = performance.now();
  }, [id]);
  const ahead = item?.id === id ? item.next_open : 0;
  useEffect(() => {
    if (ahead > 0 && ahead !== id) void client.prefetchQuery(itemQuery(month, ahead));
  }, [client, month, ahead, id]);

  if (!item) {
    return (
      <Page title="Review">
        {query.error ? (
          <ErrorState effect="This item could not be read." error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <LoadingRows rows={9} label="Reading what was decided" />
        )}
      </Page>
    );
  }
  return (
    <ReviewItem
      key={item.id}
      item={item}
      looked={after?.month.looked ?? standing?.looked ?? 0}
      of={after?.month.to_look ?? standing?.to_look ?? item.of}
      timings={timings}
      drafts={drafts.current}
      refreshing={query.isFetching}
      after={after?.item.id === id ? after : null}
      onJudged={onJudged}
      onGoOn={() => after && goOn(after)}
      onItem={onItem}
      onBack={onBack}
    />
  );
}
