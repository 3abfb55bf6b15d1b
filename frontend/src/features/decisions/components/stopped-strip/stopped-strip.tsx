import { IconHandStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useResume } from "../../api/actions";
import { actionStatusQuery } from "../../api/queries";
import type { ActionStatus } from "../../api/types";
import classes from "./stopped-strip.module.css";

/** Says on Today that the switch is thrown, what waits for it, and takes it back in two presses. */
export function StoppedStrip() {
  const { data: status } = useQuery(actionStatusQuery);
  if (!status?.stopped) return null;
  return <Strip status={status} />;
}

function Strip({ status }: { status: ActionStatus }) {
  const resume = useResume();
  const [asked, setAsked] = useState(false);
  return (
    <section className={classes.strip} aria-label="Everything is stopped">
      <IconHandStop size={16} stroke={1.8} aria-hidden="true" />
      <p role="status">
        <strong>Everything is stopped. Approvals wait.</strong> {waiting(status)}
      </p>
      <button type="button" onClick={() => (asked ? void resume() : setAsked(true))} onBlur={() => setAsked(false)}>
        {asked ? "Press again to resume" : "Resume"}
      </button>
    </section>
  );
}

function waiting({ waiting: waits, sending, unknown }: ActionStatus): string {
  const parts = [
    waits > 0 ? `${waits} approved and not begun.` : "",
    sending > 0 ? `${sending} had begun and will end.` : "",
    unknown > 0 ? `Of ${unknown} nobody knows yet whether it was done.` : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}
