import { Button } from "@mantine/core";
import { useMemo } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Chart } from "@/ui/chart/chart";
import { Kbd } from "@/ui/kbd/kbd";
import { RefreshingBar } from "@/ui/state-card/loading-rows";
import { StaleNotice } from "@/ui/state-card/state-card";
import type { ChecklistActs } from "../../api/mutations";
import type { Checklists as Lists } from "../../api/types";
import { resultLooks } from "../../logic/looks";
import { countWords, trendChart } from "../../logic/trend";
import { Mark } from "../mark/mark";
import { ChecklistSection } from "./checklist-section";
import classes from "./checklists.module.css";

type Props = {
  lists: Lists;
  /** "list/check" whose details are open. */
  chosen: string;
  acts: ChecklistActs;
  refreshing: boolean;
  onChoose: (check: string) => void;
};

/** The routine audits of the shop, with counts of what passed: there is no other score. */
export function Checklists({ lists, chosen, acts, refreshing, onChoose }: Props) {
  const { counts } = lists;
  const { locale, now } = useDisplay();
  const chart = useMemo(() => trendChart(lists.trend, locale, now), [lists.trend, locale, now]);
  return (
    <div className={classes.room}>
      <RefreshingBar active={refreshing || acts.run.isPending} />
      {counts.stale > 0 && (
        <StaleNotice>
          {formatNumber(counts.stale, locale)} {counts.stale === 1 ? "result rests" : "results rest"} on inputs that are
          old. They are marked.
        </StaleNotice>
      )}
      <div className={classes.head}>
        <div>
          <h2>
            {formatNumber(counts.passed, locale)} of {formatNumber(counts.checks, locale)} checks passed
          </h2>
          <p className={classes.counts}>
            {countWords(counts).map(({ key, text }) => (
              <Mark key={key} look={resultLooks[key as keyof typeof resultLooks]} word={text} />
            ))}
          </p>
        </div>
        <Button loading={acts.run.isPending} onClick={() => acts.run.mutate("")} rightSection={<Kbd keys="r" />}>
          Run all checks
        </Button>
      </div>
      <div className={classes.trend}>
        {chart ? (
          <Chart kind="lines" data={chart} about="Checks that passed, by day" height={84} />
        ) : (
          <p>How it went over time is drawn from the second day with results on.</p>
        )}
      </div>
      {lists.lists.map((list) => (
        <ChecklistSection key={list.name} list={list} chosen={chosen} acts={acts} onChoose={onChoose} />
      ))}
    </div>
  );
}
