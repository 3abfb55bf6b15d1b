import { Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useMemo } from "react";
import { useDisplay } from "@/lib/display";
import { formatDay } from "@/lib/format";
import { Kbd } from "@/ui/kbd/kbd";
import { type Neighbours, outcomesOf } from "./changes";
import classes from "./trace.module.css";
import type { Change } from "./types";

type Props = {
  changes: readonly Change[];
  day: string;
  last: string;
  near: Neighbours;
  onDay: (day: string) => void;
};

/** Steps through the days that it was judged on, or to those on which the outcome changed. */
export function RunBar({ changes, day, last, near, onDay }: Props) {
  const { locale, now } = useDisplay();
  const to = (next: string) => () => onDay(next);
  return (
    <div className={classes.runs}>
      <Button
        variant="default"
        disabled={near.before === ""}
        onClick={to(near.before)}
        leftSection={<IconChevronLeft size={14} stroke={1.8} aria-hidden="true" />}
        rightSection={<Kbd keys="[" />}
      >
        Day before
      </Button>
      <Button
        variant="default"
        disabled={near.after === ""}
        onClick={to(near.after)}
        leftSection={<IconChevronRight size={14} stroke={1.8} aria-hidden="true" />}
        rightSection={<Kbd keys="]" />}
      >
        Day after
      </Button>
      {near.changeBefore !== "" && (
        <Button variant="subtle" onClick={to(near.changeBefore)}>
          Change before, {formatDay(near.changeBefore, locale, now)}
        </Button>
      )}
      {near.changeAfter !== "" && (
        <Button variant="subtle" onClick={to(near.changeAfter)}>
          Change after, {formatDay(near.changeAfter, locale, now)}
        </Button>
      )}
      <OutcomeStrip changes={changes} day={day} last={last} />
    </div>
  );
}

const daysShown = 60;

const outcomeWords: Record<string, string> = {
  "": "not judged",
  decided: "decided",
  continue: "nothing to do",
  cant_tell: "cannot tell",
  out_of_scope: "out of scope",
  excepted: "taken out",
};

/** The last days as marks: what each ended in, and where that changed. */
function OutcomeStrip({ changes, day, last }: Pick<Props, "changes" | "day" | "last">) {
  const { locale, now } = useDisplay();
  const days = useMemo(() => outcomesOf(changes, last, daysShown), [changes, last]);
  if (days.length === 0) return null;
  const decided = days.filter((one) => one.outcome === "decided").length;
  const changed = days.filter((one) => one.changed !== "").length;
  return (
    <span
      className={classes.runStrip}
      role="img"
      aria-label={`Of the last ${daysShown} days ${decided} ended decided; the outcome changed ${changed} times.`}
    >
      {days.map((one) => (
        <i
          key={one.day}
          data-outcome={one.outcome}
          data-changed={one.changed !== "" || undefined}
          data-here={one.day === day || undefined}
          title={`${formatDay(one.day, locale, now)}: ${one.changed || (outcomeWords[one.outcome] ?? one.outcome)}`}
        />
      ))}
    </span>
  );
}
