import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Day } from "@/ui/day/day";
import { stopStatusQuery } from "@/ui/stop-switch/stop-status";
import classes from "./kinds-stopped.module.css";

/** Kinds of action that Purser stopped by itself: what was approved of them waits for the person. */
export function KindsStopped() {
  const { data } = useQuery(stopStatusQuery);
  return data?.stopped_kinds.map(({ kind, title, reason, since }) => (
    <div key={kind} className={classes.notice} role="status">
      <span aria-hidden="true">⊘ </span>
      <strong>“{title}” is stopped</strong> since <Day value={since} />: {reason} What you approve of it waits.{" "}
      <Link to="/settings" search={{ section: "guardrails" }}>
        Let it go on, under Guardrails
      </Link>
    </div>
  ));
}
