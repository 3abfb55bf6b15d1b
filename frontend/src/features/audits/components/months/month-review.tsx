import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import { useCovered } from "@/lib/amounts";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { Kbd } from "@/ui/kbd/kbd";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { EmptyGood } from "@/ui/state-card/state-card";
import { monthQuery } from "../../api/queries";
import type { MonthDetail } from "../../api/types";
import { ProgressLine } from "../review/progress-line";
import { ItemList } from "./item-list";
import { LotList } from "./lot-list";
import classes from "./months.module.css";
import { useItemKeys } from "./use-item-keys";

/** What is looked at in a month, why, and how far that is. */
export function MonthReview({ month }: { month: string }) {
  const query = useQuery(monthQuery(month));
  const detail = useCovered(query.data);
  if (query.error && !detail) {
    return (
      <ErrorState
        effect="The review of this month could not be read."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (!detail) return <LoadingRows rows={8} label="Reading what was decided" />;
  return (
    <div className={classes.detail}>
      <RefreshingBar active={query.isFetching} />
      <Detail detail={detail} />
    </div>
  );
}

function Detail({ detail }: { detail: MonthDetail }) {
  const list = useRef<HTMLOListElement>(null);
  const { start, report } = useWays(detail);
  useItemKeys(list);
  return (
    <>
      <div className={classes.head}>
        <div>
          <h2>{detail.title}</h2>
          <p>
            {detail.state_text}
            {detail.over ? "" : ", and the month goes on: more may come"}
          </p>
          {detail.to_look > 0 && <ProgressLine looked={detail.looked} of={detail.to_look} timings={[]} />}
        </div>
        <div className={classes.ways}>
          {detail.next > 0 && (
            <Button size="md" onClick={start} rightSection={<Kbd keys="enter" />}>
              {detail.looked === 0 ? "Start the review" : "Go on with the review"}
            </Button>
          )}
          <Button
            variant="default"
            size={detail.next > 0 ? "xs" : "md"}
            onClick={report}
            rightSection={<Kbd keys="t" />}
          >
            Report
          </Button>
        </div>
      </div>
      {detail.to_look > 0 && detail.next === 0 && (
        <EmptyGood title={`All ${detail.to_look} have a verdict`} action={{ label: "See the report", run: report }}>
          {detail.wrong} wrong, {detail.critical} critical.
          {!detail.over && " The month goes on: more may come."}
        </EmptyGood>
      )}
      <LotList lots={detail.lots} />
      {detail.items.length > 0 && <h3 className={classes.heading}>In the order in which they are looked at</h3>}
      <ItemList hold={list} month={detail.month} items={detail.items} />
    </>
  );
}

/** The ways on from a month, and their keys. */
function useWays({ month, next }: MonthDetail) {
  const navigate = useNavigate();
  const start = useCallback(
    () => void navigate({ to: "/audits", search: { month, item: next } }),
    [navigate, month, next],
  );
  const report = useCallback(
    () => void navigate({ to: "/audits", search: { month, view: "report" } }),
    [navigate, month],
  );
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: "audits.start",
          label: "Start or go on with the review",
          group: "Audits",
          keys: ["enter"],
          when: () => next > 0,
          run: start,
        },
        { id: "audits.report", label: "Report of the month", group: "Audits", keys: ["t"], run: report },
      ],
      [next, start, report],
    ),
  );
  return { start, report };
}
