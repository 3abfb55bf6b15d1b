import { Link } from "@tanstack/react-router";
import type { RefObject } from "react";
import { Day } from "@/ui/day/day";
import { Money } from "@/ui/money/money";
import type { Item, Rerun } from "../../api/types";
import type { Tone } from "../../logic/looks";
import { Mark } from "../mark/mark";
import { InputList } from "./input-list";
import classes from "./review.module.css";
import { Section } from "./section";
import { WhatWasSent } from "./what-was-sent";

type Props = { item: Item; scroller: RefObject<HTMLElement | null> };

/** Everything that is known about what was decided, in the order in which the questions ask for it. */
export function CaseFile({ item, scroller }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section ref={scroller} className={classes.file} aria-label="What was decided" data-region="" tabIndex={0}>
      <Chips item={item} />
      {item.look_again && (
        <p className={classes.again}>
          <Mark look={{ mark: "↻", tone: "warning" }} word="To be looked at again" />
          {item.look_again_for !== "" && <>: {item.look_again_for}</>}
        </p>
      )}
      <p className={classes.why}>Looked at because: {item.why.join("; ")}.</p>
      {item.sentence !== "" && item.sentence !== item.title && <p className={classes.text}>{item.sentence}</p>}
      {item.do !== "" && (
        <p className={classes.text}>
          <strong>Do: </strong>
          {item.do}
        </p>
      )}
      <Section title="Inputs as they were" note={item.inputs_at !== "" && <Day value={item.inputs_at} />}>
        {item.input_text !== "" && (
          <p className={classes.note} data-warn={!item.inputs_was}>
            {item.input_text}
          </p>
        )}
        {item.inputs.length === 0 ? (
          <p className={classes.text}>None were kept.</p>
        ) : (
          <InputList inputs={item.inputs} />
        )}
      </Section>
      <RuleText item={item} />
      <WhatWasSent item={item} />
      <AgainAndNow item={item} />
      <Log item={item} />
    </section>
  );
}

function Chips({ item }: { item: Item }) {
  // A finding of a checklist has no rule that could be followed.
  const traced = item.subject !== "" && item.rule_text !== "";
  return (
    <p className={classes.chips}>
      <span>
        {item.policy_title}, v{item.version}
      </span>
      {traced ? (
        <Link to="/rules/trace" search={{ policy: item.policy, subject: item.subject }}>
          {item.label}
        </Link>
      ) : (
        item.label !== "" && <span>{item.label}</span>
      )}
      {item.money && (
        <span>
          <Money amount={item.money} /> {item.money_text}
        </span>
      )}
      <span>
        Decided <Day value={item.decided_at} />
      </span>
    </p>
  );
}

/** The rule's own words in the version that decided, on demand. */
function RuleText({ item }: { item: Item }) {
  return (
    <Section title="The rule" note={`${item.policy_title}, version ${item.version}`}>
      {item.rule_note !== "" && <p className={classes.text}>{item.rule_note}</p>}
      {item.rule_text === "" ? (
        <p className={classes.text}>Its words in that version are gone.</p>
      ) : (
        <details className={classes.folded}>
          <summary>Its words in that version</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
          <pre className={classes.code} tabIndex={0}>
            {item.rule_text}
          </pre>
        </details>
      )}
    </Section>
  );
}

const rerunLooks: Record<Rerun["state"], { mark: string; tone: Tone; word: string }> = {
  same: { mark: "✓", tone: "good", word: "The same" },
  different: { mark: "≠", tone: "critical", word: "Different" },
  cannot: { mark: "?", tone: "warning", word: "Cannot be run again" },
};

function AgainAndNow({ item: { rerun, now } }: { item: Item }) {
  const again = rerunLooks[rerun.state];
  const nowLook = now.same ? { mark: "✓", tone: "good" as const } : { mark: "≠", tone: "warning" as const };
  return (
    <Section title="Run again, and what stands there now">
      <dl className={classes.facts}>
        <div>
          <dt>The rule, run again</dt>
          <dd>
            <Mark look={again} word={again.word} />
            {rerun.text !== "" && <small>{rerun.text}</small>}
          </dd>
        </div>
        <div>
          <dt>Now</dt>
          <dd>
            {now.known ? (
              <Mark look={nowLook} word={now.value === "" ? "nothing" : now.value} />
            ) : (
              <Mark look={{ mark: "?", tone: "neutral" }} word="not known" />
            )}
            {now.text !== "" && <small>{now.text}</small>}
          </dd>
        </div>
      </dl>
    </Section>
  );
}

function Log({ item }: { item: Item }) {
  return (
    <Section title="Its rows in the audit" note={item.log.length === 0 ? undefined : String(item.log.length)}>
      {item.log.length === 0 ? (
        <p className={classes.text}>There are none.</p>
      ) : (
        <ol className={classes.log}>
          {item.log.map((row) => (
            <li key={row.seq}>
              <span className={classes.seq}>{row.seq}</span>
              <span>
                {row.from !== "" && `${row.from} → `}
                {row.to}
                <small>
                  {[row.by === "person" ? "you" : row.by, row.reason].filter((part) => part !== "").join(": ")}
                </small>
              </span>
              <Day value={row.at} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
