import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCovered } from "@/lib/amounts";
import { toCallError } from "@/lib/call";
import { Day } from "@/ui/day/day";
import { InspectorSection } from "@/ui/inspector/inspector";
import { nowQuery } from "../../api/queries";
import type { DecisionDetails } from "../../api/types";
import { compared, figuresOf } from "../../logic/before-after";
import classes from "./inspector.module.css";

/** The figures that the decision rested on, as they were, and on demand as they are now. */
export function BeforeAfter({ details }: { details: DecisionDetails }) {
  const [open, setOpen] = useState(false);
  const then = figuresOf(details.why, details.case);
  if (then.length === 0) return null;
  return (
    <InspectorSection title="Why: the figures then">
      {open ? (
        <Now details={details} />
      ) : (
        <dl className={classes.pairs}>
          {then.map((line) => (
            <div key={line.key}>
              <dt>{line.text}</dt>
              <dd>{line.value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className={classes.small}>
        As of <Day value={details.as_of} />.{" "}
        <button type="button" className={classes.jump} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the figures of now" : "Beside the same figures now"}
        </button>
      </p>
    </InspectorSection>
  );
}

function Now({ details }: { details: DecisionDetails }) {
  const { data, error, isPending } = useQuery(nowQuery(details.subject, details.policy));
  const now = useCovered(data);
  const lines = compared(figuresOf(details.why, details.case), now ? now.cases.flatMap((one) => one.why) : []);
  return (
    <>
      <table className={classes.compare} aria-label="The figures then and now" aria-busy={isPending}>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">
              <Day value={details.as_of} />
            </th>
            <th scope="col">{now ? <Day value={now.as_of} /> : "now"}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <th scope="row">{line.text}</th>
              <td>{line.value}</td>
              <td>{isPending ? "…" : line.now}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {error && (
        <p role="alert" className={classes.problem}>
          The figures of now could not be read. {toCallError(error).message}
        </p>
      )}
      <p className={classes.view}>
        <span aria-hidden="true">◑ </span>A before/after view, not yet a verdict: other things changed as well.
      </p>
    </>
  );
}
