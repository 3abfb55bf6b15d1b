import { toCallError } from "@/lib/call";
import classes from "./connect.module.css";

/** Why something was not done, beside the button that was pressed. */
export function Fault({ error, effect }: { error: unknown; effect: string }) {
  if (error === null || error === undefined) return null;
  const { message, hint } = toCallError(error);
  return (
    <p role="alert" className={classes.fault}>
      <span aria-hidden="true">⊘ </span>
      {effect} {message} {hint}
    </p>
  );
}
