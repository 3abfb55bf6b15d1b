import { useMemo } from "react";
import { type DiffLine, lineDiff } from "../logic/line-diff";
import classes from "./side.module.css";

const signs: Record<DiffLine["change"], { sign: string; word: string }> = {
  added: { sign: "+", word: "Added: " },
  removed: { sign: "−", word: "Removed: " },
  same: { sign: " ", word: "" },
  skipped: { sign: "…", word: "" },
};

/** Two texts line by line: sign, word and colour tell what was added and removed. */
export function LineDiff({ before, after }: { before: string; after: string }) {
  const lines = useMemo(() => lineDiff(before, after), [before, after]);
  if (lines.every(({ change }) => change === "skipped" || change === "same")) {
    return <p className={classes.empty}>They are the same.</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <ol className={classes.diff} aria-label="Lines that changed" tabIndex={0}>
      {lines.map((line) => (
        <li key={line.id} data-change={line.change}>
          <span aria-hidden="true">{signs[line.change].sign}</span>
          <span>
            <span className="visually-hidden">{signs[line.change].word}</span>
            {line.text}
          </span>
        </li>
      ))}
    </ol>
  );
}
