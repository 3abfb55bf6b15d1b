import classes from "./wasted.module.css";

/** Says quietly that most of what the rule found was dismissed. */
export function WastedMark() {
  return (
    <span className={classes.mark}>
      <span aria-hidden="true">◔ </span>wasted your time
    </span>
  );
}
