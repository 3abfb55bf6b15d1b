import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCovered } from "@/lib/amounts";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { ErrorState } from "@/ui/state-card/error-state";
import { RefreshingBar } from "@/ui/state-card/loading-rows";
import { StateCard } from "@/ui/state-card/state-card";
import classes from "./backtest.module.css";
import { EpisodeTable } from "./episode-table";
import { OverlapList } from "./overlap-list";
import { backtestQuery } from "./queries";
import type { Backtest, BacktestDays } from "./types";
import { useElapsed } from "./use-elapsed";
import { useProgress } from "./use-progress";
import { WeekStrip } from "./week-strip";
import { WeekTable } from "./week-table";
import { comparisonSentence, detailSentence, limitsSentence, placeOfProblem, summarySentence } from "./wording";

type Props = {
  /** A saved policy; with a draft, what the draft is compared with. "": a draft that is new. */
  policy: string;
  /** A draft as text; absent or "": the saved policy itself. */
  yaml?: string;
  /** Version to compare with; absent or 0: the one in force for a draft, none for a saved policy. */
  against?: number;
  /** Days looked back, where the page keeps them; else the panel does. */
  days?: BacktestDays;
  onDays?: (days: BacktestDays) => void;
};

const ranges: readonly BacktestDays[] = [30, 90, 365];

/** What a policy or a draft would have done over the days behind, on what was known on each of them. */
export function BacktestPanel({ policy, yaml = "", against = 0, days, onDays }: Props) {
  const [own, setOwn] = useState<BacktestDays>(90);
  const shown = days ?? own;
  const query = useQuery(backtestQuery({ policy, yaml, against, days: shown, as_of: "" }));
  const test = useCovered(query.data);
  const pick = (value: string) => {
    const next = ranges.find((one) => String(one) === value) ?? 90;
    setOwn(next);
    onDays?.(next);
  };
  return (
    <section className={classes.panel} aria-label="Backtest">
      <div className={classes.head}>
        <h2 className={classes.title}>Backtest</h2>
        <SegmentedControl
          aria-label="Days looked back"
          data={ranges.map((one) => ({ value: String(one), label: `${one} days` }))}
          value={String(shown)}
          onChange={pick}
        />
      </div>
      <RefreshingBar active={query.isFetching} />
      {query.isFetching && <Working days={shown} />}
      {query.isError && (
        <ErrorState
          effect="The days behind could not be judged again."
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {test && !query.isError && (
        <Result test={test} policy={policy} against={against === 0 ? "the version in force" : `version ${against}`} />
      )}
    </section>
  );
}

/** How long it has been at work: a year of a large account takes a while. */
function Working({ days }: { days: number }) {
  const { locale } = useDisplay();
  const seconds = useElapsed(true);
  const progress = useProgress();
  return (
    <p className={classes.working} role="status">
      Judging {formatNumber(days, locale)} days again…
      {progress && <span aria-hidden="true"> {formatNumber(progress.done, locale)} done</span>}
      {seconds > 0 && <span aria-hidden="true"> {formatNumber(seconds, locale)} s</span>}
    </p>
  );
}

type ResultProps = { test: Backtest; policy: string; against: string };

function Result({ test, policy, against }: ResultProps) {
  const { locale } = useDisplay();
  const [table, setTable] = useState(false);
  if (test.problems.length > 0) return <Faults test={test} />;
  const compared = test.before !== null;
  if (test.summary.episodes === 0 && (test.before?.episodes ?? 0) === 0) return <Never test={test} />;
  return (
    <>
      <div className={classes.words}>
        <p className={classes.summary}>{summarySentence(test.summary, locale)}</p>
        {compared && <p>{comparisonSentence(test, against, locale)}</p>}
        <p className={classes.aside}>
          {detailSentence(test.summary, locale)} {limitsSentence(test, locale)}
        </p>
      </div>
      <div className={classes.chart}>
        <div className={classes.chartHead}>
          <h3 className={classes.heading}>Episodes begun, by week</h3>
          <Key compared={compared} unsettled={test.weeks.some((week) => week.unsettled)} />
          <Button variant="subtle" size="compact-xs" aria-pressed={table} onClick={() => setTable(!table)}>
            {table ? "As a chart" : "As a table"}
          </Button>
        </div>
        {table ? (
          <WeekTable weeks={test.weeks} compared={compared} />
        ) : (
          <WeekStrip weeks={test.weeks} compared={compared} />
        )}
      </div>
      <OverlapList overlaps={test.overlaps} />
      <EpisodeTable episodes={test.episodes} policy={policy} compared={compared} total={test.summary.episodes} />
    </>
  );
}

function Key({ compared, unsettled }: { compared: boolean; unsettled: boolean }) {
  return (
    <span className={classes.key}>
      {compared && (
        <>
          <span>
            <i className={classes.keyBar} aria-hidden="true" /> now
          </span>
          <span>
            <i className={classes.keyBefore} aria-hidden="true" /> before
          </span>
        </>
      )}
      {unsettled && (
        <span>
          <i className={classes.keyUnsettled} aria-hidden="true" /> can still change
        </span>
      )}
    </span>
  );
}

function Never({ test }: { test: Backtest }) {
  const { locale } = useDisplay();
  const nothing = test.days === 0;
  return (
    <StateCard
      title={
        nothing
          ? "There is no data to judge yet"
          : `It would never have fired in ${formatNumber(test.days, locale)} days`
      }
    >
      <p>
        {nothing
          ? "All of these days lie before your first report. Import older reports, or look again in some days."
          : "Nothing came near enough, or what it needs was not known. Look further back, or loosen a figure."}
      </p>
      {!nothing && <p>{limitsSentence(test, locale)}</p>}
    </StateCard>
  );
}

function Faults({ test }: { test: Backtest }) {
  return (
    <StateCard tone="critical" role="alert" title="This rule does not run, so it has no past">
      <ul className={classes.faults}>
        {test.problems.map((one) => (
          <li key={`${placeOfProblem(one)} ${one.message}`}>
            {placeOfProblem(one) !== "" && <strong>{placeOfProblem(one)}: </strong>}
            {one.message}
          </li>
        ))}
      </ul>
    </StateCard>
  );
}
