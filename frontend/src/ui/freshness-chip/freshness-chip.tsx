import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./freshness-chip.module.css";

export type FreshnessMark = "fresh" | "settling" | "stale" | "missing" | "offline" | "demo" | "estimated";

const marks: Record<FreshnessMark, { mark: string; word: string }> = {
  fresh: { mark: "●", word: "fresh" },
  settling: { mark: "◐", word: "settling" },
  estimated: { mark: "◐", word: "estimated" },
  stale: { mark: "○", word: "stale" },
  missing: { mark: "⊘", word: "missing" },
  offline: { mark: "⊘", word: "offline" },
  demo: { mark: "◆", word: "demo" },
};

type Props = { state: FreshnessMark; children: ReactNode; explanation?: string };

/** How far data can be trusted: a mark and words, with the longer explanation on hover and focus. */
export function FreshnessChip({ state, children, explanation = "" }: Props) {
  const content = (
    <>
      <MaturityMark state={state} />
      <span>{children}</span>
    </>
  );
  if (explanation === "") {
    return (
      <span className={classes.chip} data-state={state}>
        {content}
      </span>
    );
  }
  return (
    <Tooltip label={explanation}>
      <button type="button" className={classes.chip} data-state={state}>
        {content}
      </button>
    </Tooltip>
  );
}

/** Only the mark, with its word for screen readers. */
export function MaturityMark({ state }: { state: FreshnessMark }) {
  const { mark, word } = marks[state];
  return (
    <span className={classes.mark} data-state={state}>
      <span aria-hidden="true">{mark}</span>
      <span className="visually-hidden">{word}</span>
    </span>
  );
}
