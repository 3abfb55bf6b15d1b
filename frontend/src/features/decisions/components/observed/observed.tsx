import { Link } from "@tanstack/react-router";
import classes from "./observed.module.css";

/** What watching means, and where it is ended. */
export function ObservedNote() {
  return (
    <p className={classes.note}>
      Rules that are only watched find these, and propose nothing: look whether they are right before you let them
      propose. That is set under{" "}
      <Link to="/settings" search={{ section: "guardrails" }}>
        Settings › Guardrails
      </Link>
      .
    </p>
  );
}
