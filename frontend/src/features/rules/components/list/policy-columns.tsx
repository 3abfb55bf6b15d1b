import { Switch } from "@mantine/core";
import type { Column } from "@/ui/data-table/column";
import classes from "./list.module.css";
import { type Listed, ownerOf, type Row, subjectWords, topicTitle } from "./listed";
import { StateMark } from "./state-mark";

/** The columns of the list; `topic` is left out where topics are headings already. */
export function policyColumns(onSwitch: (policy: Listed) => void, topic: boolean): Column<Row>[] {
  const of = (render: (policy: Listed) => React.ReactNode) => (row: Row) => (row.policy ? render(row.policy) : null);
  const count = (id: string, title: string, help: string, number: (policy: Listed) => number): Column<Row> => ({
    id,
    title,
    help,
    align: "end",
    render: of((policy) => <Count value={number(policy)} none={policy.off || policy.health === "err"} />),
  });
  return [
    {
      id: "title",
      title: "Rule",
      rowHeader: true,

      render: of((policy) => (
        <span className={classes.name} data-off={policy.off || undefined}>
          {policy.title === "" ? policy.name : policy.title}
        </span>
      )),
    },
    { id: "on", title: "On", render: of((policy) => <OnSwitch policy={policy} onSwitch={onSwitch} />) },
    { id: "state", title: "State", render: of((policy) => <StateMark policy={policy} />) },
    count("matches", "Decided now", "Subjects for which a case holds", (policy) => policy.matches),
    count("held", "Held back", "Decided, but a guard does not let it be done yet", (policy) => policy.held),
    count("waiting", "Waiting", "A case holds, but not for as many days as it should", (policy) => policy.waiting),
    count(
      "cant_tell",
      "Cannot tell",
      "Subjects for which a needed fact is missing, stale or not settled",
      (policy) => policy.cant_tell,
    ),
    ...(topic
      ? [
          {
            id: "topic",
            title: "Topic",
            render: of((policy: Listed) => topicTitle(policy.topic)),
          } satisfies Column<Row>,
        ]
      : []),
    { id: "subject", title: "Looks at", render: of((policy) => subjectWords[policy.subject] ?? policy.subject) },
    { id: "version", title: "Version", align: "end", render: of((policy) => policy.version) },
    {
      id: "owner",
      title: "Owner",
      render: of((policy) => (
        <span className={classes.owner} data-owner={ownerOf(policy)}>
          {ownerOf(policy)}
        </span>
      )),
    },
  ];
}

function OnSwitch({ policy, onSwitch }: { policy: Listed; onSwitch: (policy: Listed) => void }) {
  return (
    <span className={classes.switch}>
      <Switch
        aria-label={`${policy.title === "" ? policy.name : policy.title}, on`}
        checked={!policy.off}
        onChange={() => onSwitch(policy)}
      />
    </span>
  );
}

/** Zero is said quietly; what does not run has no number. */
function Count({ value, none }: { value: number; none: boolean }) {
  if (none) return <span className={classes.quiet}>—</span>;
  return value === 0 ? <span className={classes.quiet}>0</span> : <strong className={classes.count}>{value}</strong>;
}
