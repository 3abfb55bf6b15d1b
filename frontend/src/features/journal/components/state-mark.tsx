import type { Look } from "../logic/states";
import classes from "./journal.module.css";

/** How an entry stands: shape, word and colour. */
export function StateMark({ look }: { look: Look }) {
  return (
    <span className={classes.state} data-tone={look.tone}>
      <span className={classes.mark} aria-hidden="true">
        {look.mark}
      </span>
      {look.word}
    </span>
  );
}
