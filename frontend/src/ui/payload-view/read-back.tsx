import classes from "./payload-view.module.css";
import { readBackDetail, readBackWords, type Told } from "./value-words";

/** What was read back after an action, in words, with what was read itself folded below. */
export function ReadBack({ of }: { of: Told }) {
  const words = readBackWords(of);
  const detail = readBackDetail(of);
  if (words === "") return null;
  return (
    <>
      <span aria-hidden="true">{of.seen === of.after ? "✓ " : "≠ "}</span>
      {words}
      {detail !== "" && (
        <details className={classes.folded}>
          <summary>Exactly what was read</summary>
          <code>{detail}</code>
        </details>
      )}
    </>
  );
}
