import { useQuery } from "@tanstack/react-query";
import { Day } from "@/ui/day/day";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { SeverityIcon } from "@/ui/severity-icon/severity-icon";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { decisionQuery } from "../../api/queries";
import type { Decision, DecisionDetails } from "../../api/types";
import { ActionBar } from "../action-bar/action-bar";
import type { TriageControl } from "../use-triage";
import classes from "./decision-inspector.module.css";
import { StockChart } from "./stock-chart";
import { WhyList } from "./why-list";

type Props = { item: Decision; triage: TriageControl; onClose: () => void };

/** What, why, how sure, what to do, what if you wait: everything about the decision under the cursor. */
export function DecisionInspector({ item, triage, onClose }: Props) {
  const { data, error, refetch } = useQuery(decisionQuery(item.id));
  const details = data?.id === item.id ? data : undefined;
  return (
    <Inspector label="Decision details" onClose={onClose}>
      <div className={classes.chips}>
        <SeverityIcon severity={item.severity} word="shown" />
        <span className={classes.policy}>
          {item.policy_title}, v{item.version}
        </span>
      </div>
      <h2 className={classes.title}>{item.title}</h2>
      {error && !details && (
        <ErrorState effect="The reasons could not be read." error={error} onRetry={() => void refetch()} />
      )}
      {!details && !error && <LoadingRows rows={4} />}
      {details && <Reasons details={details} trace={triage.trace} onTrace={triage.toggleTrace} />}
      {details?.do && (
        <div className={classes.do}>
          <Lead text={details.do} />
        </div>
      )}
      <ActionBar item={item} triage={triage} />
      {details && <Rest details={details} />}
    </Inspector>
  );
}

function Reasons({ details, trace, onTrace }: { details: DecisionDetails; trace: boolean; onTrace: () => void }) {
  return (
    <>
      <InspectorSection title="Why">
        <WhyList why={details.why} decided={details.case} trace={trace} onTrace={onTrace} />
        {details.unknown.length > 0 && (
          <p className={classes.unknown}>Could not be told: {details.unknown.join("; ")}</p>
        )}
      </InspectorSection>
      {details.subject_kind === "sku" && details.why.some((line) => /\binventory\./.test(line.expression)) && (
        <StockChart subject={details.subject} />
      )}
    </>
  );
}

function Rest({ details }: { details: DecisionDetails }) {
  return (
    <>
      {details.if_you_wait !== "" && (
        <InspectorSection title="If you wait">
          <p className={classes.text}>{details.if_you_wait}</p>
        </InspectorSection>
      )}
      {details.action.checklist.length > 0 && (
        <InspectorSection title="Approving opens a task with these steps">
          <ol className={classes.steps}>
            {details.action.checklist.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </InspectorSection>
      )}
      {details.history.length > 0 && (
        <InspectorSection title="History">
          <ul className={classes.history}>
            {details.history.map((line) => (
              <li key={`${line.at}${line.to}`}>
                <span>
                  {line.to} by {line.by}
                  {line.reason !== "" && <span>, {line.reason}</span>}
                </span>
                <Day value={line.at} />
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
    </>
  );
}

/** The first sentence carries the action, so it is set in bold. */
function Lead({ text }: { text: string }) {
  const end = text.search(/\.(\s|$)/);
  if (end < 0) return <strong>{text}</strong>;
  return (
    <>
      <strong>{text.slice(0, end + 1)}</strong>
      {text.slice(end + 1)}
    </>
  );
}
