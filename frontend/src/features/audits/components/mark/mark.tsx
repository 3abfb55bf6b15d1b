import type { Look } from "../../logic/looks";
import classes from "./mark.module.css";

/** A state as shape and word; the colour only repeats it. */
export function Mark({ look, word }: { look: Look; word: string }) {
  return (
    <span className={classes.mark} data-tone={look.tone}>
      <span className={classes.shape} aria-hidden="true">
        {look.mark}
      </span>
      <span>{word}</span>
    </span>
  );
}
