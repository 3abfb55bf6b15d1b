import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCovered } from "@/lib/amounts";
import { Day } from "@/ui/day/day";
import { InspectorSection } from "@/ui/inspector/inspector";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { detailsQuery } from "../../api/queries";
import type { DecisionDetails } from "../../api/types";
import { whoText } from "../../logic/entry";
import { BeforeAfter } from "./before-after";
import classes from "./inspector.module.css";

/** The decision behind an entry: its reasons as they were judged, and everything that happened to it. */
export function DecisionParts({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(detailsQuery(id));
  const details = useCovered(data);
  if (error && !details) {
    return <ErrorState effect="The decision could not be read." error={error} onRetry={() => void refetch()} />;
  }
  if (!details) return <LoadingRows rows={4} label="Reading the decision" />;
  return (
    <>
      <BeforeAfter details={details} />
      {details.note !== "" && (
        <InspectorSection title="Note">
          <p className={classes.text}>{details.note}</p>
        </InspectorSection>
      )}
      <History details={details} />
    </>
  );
}

function History({ details: { history, subject, policy, as_of } }: { details: DecisionDetails }) {
  return (
    <InspectorSection title="History of the decision">
      <ol className={classes.course}>
        {history.map((line) => (
          <li key={line.seq}>
            <span>
              {line.to} by {line.by === "purser" ? "Purser" : whoText(line.by)}
              {line.reason !== "" && <span>, {line.reason}</span>}
              <small className={classes.seq}> row {line.seq} of the audit</small>
            </span>
            <Day value={line.at} />
          </li>
        ))}
      </ol>
      <p className={classes.links}>
        <Link to="/rules/trace" search={{ subject, policy, as_of }}>
          Trace
        </Link>
      </p>
    </InspectorSection>
  );
}
