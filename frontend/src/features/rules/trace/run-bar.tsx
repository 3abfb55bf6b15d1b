import { Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useDisplay } from "@/lib/display";
import { dayFromNumber, dayNumber, formatDay } from "@/lib/format";
import { Kbd } from "@/ui/kbd/kbd";
import classes from "./trace.module.css";
import type { Run } from "./types";

/** The days before and after the one that is shown; "" where there is none. */
export type Neighbours = { before: string; after: string; at: number; changeBefore: string };

/** Where a day stands among the runs; where no runs are known the day before and after it, up to the last. */
export function neighboursOf(runs: readonly Run[], day: string, last: string): Neighbours {
  if (runs.length === 0) {
    const number = dayNumber(day);
    if (Number.isNaN(number)) return { before: "", after: "", at: -1, changeBefore: "" };
    return {
      before: dayFromNumber(number - 1),
      after: day < last ? dayFromNumber(number + 1) : "",
      at: -1,
      changeBefore: "",
    };
  }
  const earlier = runs.filter((run) => run.day < day);
  return {
    before: earlier.at(-1)?.day ?? "",
    after: runs.find((run) => run.day > day)?.day ?? "",
    at: runs.findIndex((run) => run.day === day),
    changeBefore: earlier.filter((run) => run.changed).at(-1)?.day ?? "",
  };
}

type Props = { runs: readonly Run[]; day: string; near: Neighbours; onDay: (day: string) => void };

/** Steps through the days that it was judged on; days on which the outcome changed stand out. */
export function RunBar({ runs, day, near, onDay }: Props) {
  const { locale, now } = useDisplay();
  const step = (to: string) => () => onDay(to);
  return (
    <div className={classes.runs}>
      <Button
        variant="default"
        disabled={near.before === ""}
        onClick={step(near.before)}
        leftSection={<IconChevronLeft size={14} stroke={1.8} aria-hidden="true" />}
        rightSection={<Kbd keys="[" />}
      >
        {runs.length > 0 ? "Previous run" : "Day before"}
      </Button>
      <Button
        variant="default"
        disabled={near.after === ""}
        onClick={step(near.after)}
        leftSection={<IconChevronRight size={14} stroke={1.8} aria-hidden="true" />}
        rightSection={<Kbd keys="]" />}
      >
        {runs.length > 0 ? "Next run" : "Day after"}
      </Button>
      {near.changeBefore !== "" && (
        <Button variant="subtle" onClick={step(near.changeBefore)}>
          Last change before, {formatDay(near.changeBefore, locale, now)}
        </Button>
      )}
      {runs.length > 1 && <RunStrip runs={runs.slice(-mostShown)} day={day} />}
    </div>
  );
}

const mostShown = 60;

function RunStrip({ runs, day }: { runs: readonly Run[]; day: string }) {
  const { locale, now } = useDisplay();
  const changes = runs.filter((run) => run.changed).length;
  const decided = runs.filter((run) => run.outcome === "decided").length;
  return (
    <span
      className={classes.runStrip}
      role="img"
      aria-label={`Of the last ${runs.length} runs ${decided} decided; the outcome changed ${changes} times.`}
    >
      {runs.map((run) => (
        <i
          key={`${run.day} ${run.at}`}
          data-outcome={run.outcome}
          data-changed={run.changed || undefined}
          data-here={run.day === day || undefined}
          title={`${formatDay(run.day, locale, now)}: ${run.summary}`}
        />
      ))}
    </span>
  );
}
