import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useCovered } from "@/lib/amounts";
import { Kbd } from "@/ui/kbd/kbd";
import type { Judged } from "../../api/types";
import { verdictLooks } from "../../logic/looks";
import { monthOf } from "../../logic/month-of";
import { Mark } from "../mark/mark";
import classes from "./questions.module.css";

type Props = { judged: Judged; onGoOn: () => void };

/** What follows from a verdict, before the next item comes. */
export function Consequences({ judged, onGoOn }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const { item, consequence, next_open } = useCovered(judged);
  useEffect(() => button.current?.focus(), []);
  return (
    <section className={classes.consequences} aria-labelledby="what-follows">
      <p className={classes.reviewHead}>
        <Mark look={verdictLooks[item.verdict]} word={item.verdict_text} />
      </p>
      <h2 id="what-follows">What follows</h2>
      <div aria-live="polite">
        {consequence.text.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {consequence.demoted.length > 0 && (
        <>
          <h3>Rules that propose again</h3>
          <ul>
            {consequence.demoted.map((policy) => (
              <li key={policy}>
                <Link to="/rules" search={{ policy }}>
                  {policy}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {consequence.look_again.length > 0 && (
        <>
          <h3>To be looked at again</h3>
          <ul>
            {consequence.look_again.map((one) => (
              <li key={one.id}>
                <Link to="/audits" search={{ month: monthOf(one.decided_at), item: one.id }}>
                  {one.title}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button ref={button} onClick={onGoOn} rightSection={<Kbd keys="enter" />}>
        {next_open === 0 ? "See the report" : "Next item"}
      </Button>
    </section>
  );
}
