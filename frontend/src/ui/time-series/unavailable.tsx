import classes from "./time-series.module.css";

/** Stands where a drawing would be, in a web view that cannot draw it. */
export function Unavailable() {
  return <p className={classes.unavailable}>The chart cannot be drawn here. The table has the same numbers.</p>;
}
