import { Day } from "@/ui/day/day";
import type { Connection } from "../../api/types";
import { type SecretAge, secretAge } from "../../logic/rotation";
import classes from "../connect.module.css";
import { Mark, type Tone } from "../mark";

/** How urgent the age of a secret is. */
export const secretTones: Record<SecretAge, Tone> = {
  none: "neutral",
  unknown: "warning",
  good: "good",
  soon: "warning",
  ended: "critical",
};

/** How old the client secret is and how long it is still good for. */
export function SecretLine({ connection: { rotation } }: { connection: Connection }) {
  return (
    <p className={classes.line}>
      <Mark tone={secretTones[secretAge(rotation)]}>{rotation.text}</Mark>{" "}
      {rotation.created !== "" && (
        <span className={classes.small}>
          Made on <Day value={rotation.created} />.
        </span>
      )}
    </p>
  );
}
