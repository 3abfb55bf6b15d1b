import { useDisplay } from "@/lib/display";
import { formatDay, formatDayLong, notApplicable } from "@/lib/format";
import { MaturityMark } from "@/ui/freshness-chip/freshness-chip";
import { Money } from "@/ui/money/money";
import { SeverityIcon } from "@/ui/severity-icon/severity-icon";
import type { Decision } from "../../api/types";
import { canDecide, type TriageControl } from "../use-triage";
import classes from "./decision-list.module.css";

type Props = {
  item: Decision;
  /** A member of an unfolded group. */
  member: boolean;
  current: boolean;
  selected: boolean;
  unfolded: boolean;
  triage: TriageControl;
};

/** One decision: the finding, what is behind it, what is at stake, until when, and what to do. */
export function DecisionRow({ item, member, current, selected, unfolded, triage }: Props) {
  const stop = current ? 0 : -1;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the title inside is the button; this only widens it for the mouse.
    <li
      className={classes.row}
      data-cursor={current}
      data-member={member}
      data-selected={selected}
      aria-current={current ? "true" : undefined}
      onClick={() => triage.go(item.id)}
    >
      <span className={classes.lead}>
        <SeverityIcon severity={item.severity} />
        <input
          type="checkbox"
          className={classes.tick}
          checked={selected}
          tabIndex={stop}
          aria-label={`Select: ${item.title}`}
          onClick={(event) => event.stopPropagation()}
          onChange={() => triage.tick(item.id)}
        />
      </span>
      <button type="button" className={classes.title} data-title="" tabIndex={stop}>
        {item.regressed && <span className={classes.back}>Back again: </span>}
        {item.title}
      </button>
      <span className={classes.stake}>
        <Money amount={item.at_stake} />
        {item.at_stake && <small>{item.at_stake_per === "day" ? "a day at stake" : "at stake"}</small>}
      </span>
      <Due item={item} />
      <span className={classes.sentence}>
        {item.maturity !== "fresh" && (
          <>
            <MaturityMark state={item.maturity} />{" "}
          </>
        )}
        {item.sentence}
        {item.members.length > 0 && (
          <button
            type="button"
            className={classes.link}
            tabIndex={stop}
            aria-expanded={unfolded}
            onClick={(event) => {
              event.stopPropagation();
              triage.go(item.id);
              triage.fold(item.id);
            }}
          >
            {unfolded ? "Hide them" : `Show all ${item.members.length}`}
          </button>
        )}
      </span>
      <RowAction item={item} stop={stop} triage={triage} />
    </li>
  );
}

function RowAction({ item, stop, triage }: { item: Decision; stop: number; triage: TriageControl }) {
  if (!canDecide(item)) return <span className={classes.state}>{stateWords[item.state] ?? item.state}</span>;
  return (
    <button
      type="button"
      className={classes.action}
      tabIndex={stop}
      onClick={(event) => {
        event.stopPropagation();
        triage.approveOne(item);
      }}
    >
      {item.action.label}
    </button>
  );
}

const stateWords: Record<string, string> = { approved: "Approved", rejected: "Dismissed", expired: "Passed by itself" };

function Due({ item }: { item: Decision }) {
  const { locale, now } = useDisplay();
  const today = item.due !== "" && item.due === now.slice(0, 10);
  const text = item.due === "" ? notApplicable : today ? "Today" : formatDay(item.due, locale, now);
  return (
    <span className={classes.due} data-today={today}>
      <span title={item.due === "" ? undefined : formatDayLong(item.due, locale)}>{text}</span>
      {item.due_text !== "" && <small>{item.due_text}</small>}
    </span>
  );
}
