import { Button } from "@mantine/core";
import type { Ref } from "react";
import { Kbd } from "@/ui/kbd/kbd";
import type { Question, Verdict } from "../../api/types";
import { type Draft, openQuestions, pointsToCritical, refusal } from "../../logic/draft";
import classes from "./questions.module.css";

type Props = {
  questions: readonly Question[];
  draft: Draft;
  busy: boolean;
  hold: Ref<HTMLDivElement>;
  onVerdict: (verdict: Verdict) => void;
};

/** The verdicts that no answer contradicts. */
export function VerdictBar({ questions, draft, busy, hold, onVerdict }: Props) {
  const open = openQuestions(questions, draft).length > 0;
  const critical = pointsToCritical(questions, draft);
  const offered = (verdict: Verdict) => open || refusal(questions, draft, verdict) === "";
  const why = (["wrong", "right"] as const)
    .map((verdict) => refusal(questions, draft, verdict))
    .find((no) => no !== "");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a border and a legend that nothing else here has.
    <div ref={hold} role="group" aria-label="Verdict" tabIndex={-1} className={classes.verdict}>
      <p className={classes.hint}>{why ?? "Your verdict:"}</p>
      <div className={classes.buttons}>
        {offered("right") && (
          <Button disabled={open} loading={busy} rightSection={<Kbd keys="r" />} onClick={() => onVerdict("right")}>
            Right
          </Button>
        )}
        {offered("wrong") && (
          <Button
            variant="default"
            disabled={open || busy}
            rightSection={<Kbd keys="w" />}
            onClick={() => onVerdict("wrong")}
          >
            Wrong
          </Button>
        )}
        <Button
          variant={critical && !open ? "filled" : "default"}
          color={critical && !open ? "critical" : undefined}
          disabled={open || busy}
          rightSection={<Kbd keys="c" />}
          onClick={() => onVerdict("critical")}
        >
          Critical
        </Button>
      </div>
    </div>
  );
}
