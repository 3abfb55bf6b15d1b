import type { Column } from "@/ui/data-table/column";
import { Day } from "@/ui/day/day";
import { changeWords } from "@/ui/payload-view/change-words";
import { type Entry, whoText } from "../logic/entry";
import type { Row } from "../logic/rows";
import { lookOfEntry } from "../logic/states";
import classes from "./journal.module.css";
import { StateMark } from "./state-mark";

/** The columns of the Journal. A heading of a batch has its own words in the first. */
export function journalColumns(locale: string, now: string): Column<Row>[] {
  const of = (render: (entry: Entry) => React.ReactNode) => (row: Row) => (row.entry ? render(row.entry) : null);
  return [
    {
      id: "title",
      title: "Decision",
      rowHeader: true,
      render: of((entry) => (
        <span
          className={classes.title}
          data-member={(entry.trail?.batch ?? "") !== "" || undefined}
          title={entry.title}
        >
          {entry.title}
        </span>
      )),
    },
    {
      id: "at",
      title: "Decided",
      render: of((entry) => <Day value={entry.at} />),
    },
    { id: "state", title: "State", render: of((entry) => <StateMark look={lookOfEntry(entry)} />) },
    {
      id: "change",
      title: "Before → after",
      render: of((entry) => <Change entry={entry} locale={locale} now={now} />),
    },
    { id: "kind", title: "Kind", render: of((entry) => entry.kindTitle) },
    {
      id: "rule",
      title: "Rule",
      render: of((entry) => (
        <span className={classes.rule} title={entry.rule}>
          {entry.rule}
        </span>
      )),
    },
    { id: "who", title: "Who", render: of((entry) => whoText(entry.who)) },
  ];
}

type ChangeProps = { entry: Entry; locale: string; now: string };

function Change({ entry, locale, now }: ChangeProps) {
  if (!entry.trail) return <span className={classes.quiet}>—</span>;
  const { before, after } = changeWords(entry.trail, locale, now);
  return (
    <span className={classes.change}>
      {before !== "" && (
        <>
          {before} <span aria-hidden="true">→</span>
          <span className="visually-hidden">to</span>{" "}
        </>
      )}
      {after}
    </span>
  );
}

/** "40 units → 480 units", for the clipboard. */
export function changeText(entry: Entry, locale: string, now: string): string {
  if (!entry.trail) return "";
  const { before, after } = changeWords(entry.trail, locale, now);
  return before === "" ? after : `${before} → ${after}`;
}
