import { Button } from "@mantine/core";
import { useId } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { ChoiceMenu } from "@/ui/dashboard/choice-menu";
import { Day } from "@/ui/day/day";
import type { ChecklistActs } from "../../api/mutations";
import type { Check, Checklist, Every } from "../../api/types";
import { resultLooks } from "../../logic/looks";
import { countWords } from "../../logic/trend";
import { Mark } from "../mark/mark";
import classes from "./checklists.module.css";

const schedules: readonly { value: Every; title: string }[] = [
  { value: "weekly", title: "Every week" },
  { value: "monthly", title: "Every month" },
  { value: "quarterly", title: "Every quarter" },
];

/** How a check is answered, short enough for its row. */
const howWords: Record<Check["how"], string> = {
  facts: "from its facts",
  rules: "from the rules",
  data: "from what was imported",
  hand: "by looking yourself",
};

type Props = { list: Checklist; chosen: string; acts: ChecklistActs; onChoose: (check: string) => void };

/** One list: its question, how many of its checks passed, when it is due, and its checks. */
export function ChecklistSection({ list, chosen, acts, onChoose }: Props) {
  const id = useId();
  const { locale } = useDisplay();
  const { counts } = list;
  const parts = [
    `${formatNumber(counts.passed, locale)} of ${formatNumber(counts.checks, locale)} passed`,
    ...countWords(counts).map(({ text }) => text),
  ];
  return (
    <section aria-labelledby={id} className={classes.list}>
      <div className={classes.listHead}>
        <div>
          <h3 id={id}>{list.title}</h3>
          <p>{list.question}</p>
          <p>
            {parts.join(", ")} ·{" "}
            {list.late ? <Mark look={{ mark: "!", tone: "warning" }} word={list.due_text} /> : list.due_text}
            {list.last_run !== "" && (
              <>
                {" "}
                · run <Day value={list.last_run} />
              </>
            )}
          </p>
        </div>
        <div className={classes.tools}>
          <ChoiceMenu
            label={`How often ${list.title} is due`}
            shown={list.every_text}
            choices={schedules}
            value={list.every}
            onChange={(every) => acts.schedule.mutate({ list: list.name, every: every as Every })}
          />
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`Run ${list.title}`}
            loading={acts.run.isPending && acts.run.variables === list.name}
            disabled={acts.run.isPending}
            onClick={() => acts.run.mutate(list.name)}
          >
            Run
          </Button>
        </div>
      </div>
      <ul className={classes.checks}>
        {list.checks.map((check) => {
          const key = `${list.name}/${check.name}`;
          return (
            <li key={check.name}>
              <CheckRow check={check} chosen={key === chosen} onChoose={() => onChoose(key)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function CheckRow({ check, chosen, onChoose }: { check: Check; chosen: boolean; onChoose: () => void }) {
  const look = resultLooks[check.result];
  return (
    <button
      type="button"
      className={classes.check}
      data-row=""
      data-chosen={chosen}
      aria-current={chosen ? "true" : undefined}
      onClick={onChoose}
    >
      <span className={classes.result}>
        <Mark look={look} word={look.word} />
      </span>
      <span className={classes.title}>
        {check.title}
        <small>
          {check.result_text}
          {check.stale && (
            <>
              {" "}
              <Mark look={{ mark: "○", tone: "warning" }} word={check.stale_text || "rests on old inputs"} />
            </>
          )}
        </small>
      </span>
      <span className={classes.when}>
        {howWords[check.how]}
        <small>
          {check.last_run !== "" && <Day value={check.last_run} />}
          {check.task_at !== "" && " · made a task"}
        </small>
      </span>
    </button>
  );
}
