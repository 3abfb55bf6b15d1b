import type { Policy } from "../api/types";
import classes from "./rules.module.css";

/** Whether a policy runs: mark, word and colour. */
export function HealthMark({ policy }: { policy: Policy }) {
  if (policy.health === "err") {
    return (
      <span className={classes.health} data-health="err">
        <span aria-hidden="true">⬣ </span>does not run
      </span>
    );
  }
  return (
    <span className={classes.health} data-health="ok">
      <span aria-hidden="true">● </span>runs
    </span>
  );
}
