import { useDisplay } from "@/lib/display";
import { formatDay, formatDayLong, notApplicable } from "@/lib/format";
import { MaturityMark } from "@/ui/freshness-chip/freshness-chip";
import { Money } from "@/ui/money/money";
import { SeverityIcon } from "@/ui/severity-icon/severity-icon";
import type { Decision } from "../../api/types";
import { dueNote } from "../../logic/due";
import { skuAndPlace } from "../../logic/subject";
import type { TriageControl } from "../use-triage";
import classes from "./decision-list.module.css";

type Props = {
  item: Decision;
  /** A member of an unfolded group. */
  member: boolean;
  current: boolean;
  selected: boolean;
  triage: TriageControl;
};

/** One decision: the finding, what is behind it, what is at stake, until when, and what to do. */
export function DecisionRow({ item, member, current, selected, triage }: Props) {
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
      <button
        type="button"
        className={classes.title}
        data-title=""
        tabIndex={stop}
        onClick={() => current && item.members.length > 0 && triage.fold(item.id)}
      >
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
        {item.subject_kind === "sku" && <span className={classes.subject}>{skuAndPlace(item.subject)}</span>}
        {item.sentence}
        {item.state === "snoozed" && <span className={classes.note}>{item.state_text}</span>}
        {item.not_done !== "" && (
          <span className={classes.notDone}>
            <span aria-hidden="true">✗ </span>Not done: {item.not_done}
          </span>
        )}
      </span>
      <RowAction item={item} stop={stop} triage={triage} />
    </li>
  );
}

function RowAction({ item, stop, triage }: { item: Decision; stop: number; triage: TriageControl }) {
  if (!triage.mayApprove(item)) {
    return <span className={classes.state}>{item.state_text}</span>;
  }
  const group = item.members.length > 0;
  return (
    <button
      type="button"
      className={classes.action}
      tabIndex={stop}
      aria-expanded={group ? triage.unfolded.includes(item.id) : undefined}
      onClick={(event) => {
        event.stopPropagation();
        triage.go(item.id);
        if (group) triage.fold(item.id);
        else triage.approveOne(item);
      }}
    >
      {item.action.label}
    </button>
  );
}

function Due({ item }: { item: Decision }) {
  const { locale, now } = useDisplay();
  if (item.due === "") return <span className={classes.due}>{notApplicable}</span>;
  const near = { "0": "Today", "1": "Tomorrow" }[String(item.due_days)];
  return (
    <span className={classes.due} data-today={item.due_days <= 0}>
      <span title={formatDayLong(item.due, locale)}>{near ?? formatDay(item.due, locale, now)}</span>
      <small>{dueNote(item)}</small>
    </span>
  );
}
