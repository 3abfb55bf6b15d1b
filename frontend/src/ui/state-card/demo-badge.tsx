import classes from "./state-card.module.css";

/** Striped so that nobody takes made-up numbers for their own. */
export function DemoBadge() {
  return (
    <span className={classes.demo}>
      <span aria-hidden="true">◆ </span>Demo shop, nothing is sent
    </span>
  );
}
