import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCovered } from "@/lib/amounts";
import { Day } from "@/ui/day/day";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { SeverityIcon } from "@/ui/severity-icon/severity-icon";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { asksQuery, decisionQuery } from "../../api/queries";
import type { Decision, DecisionDetails } from "../../api/types";
import { skuAndPlace } from "../../logic/subject";
import { ActionBar } from "../action-bar/action-bar";
import { DecisionActions } from "../decision-actions/decision-actions";
import { canDecide, type TriageControl } from "../use-triage";
import { DailyChart } from "./daily-chart";
import classes from "./decision-inspector.module.css";
import { GroupMembers } from "./group-members";
import { WhyList } from "./why-list";

type Props = { item: Decision; triage: TriageControl; onClose: () => void };

/** What, why, how sure, what to do, what if you wait: everything about the decision under the cursor. */
export function DecisionInspector({ item, triage, onClose }: Props) {
  const group = item.members.length > 0;
  const { data, error, refetch } = useQuery(decisionQuery(group ? "" : item.id));
  const details = useCovered(data?.id === item.id ? data : undefined);
  return (
    <Inspector
      label="Decision details"
      onClose={onClose}
      footer={canDecide(item) && <ActionBar item={item} triage={triage} />}
    >
      <div className={classes.chips}>
        <SeverityIcon severity={item.severity} word="shown" />
        <span className={classes.policy}>
          {item.policy_title}, v{item.version}
        </span>
        {item.subject_kind === "sku" && !group && (
          <Link to="/sku/$subject" params={{ subject: item.subject }} className={classes.subject}>
            {skuAndPlace(item.subject)}
          </Link>
        )}
      </div>
      <h2 className={classes.title}>{item.title}</h2>
      {item.not_done !== "" && (
        <InspectorSection title="Not done">
          <p className={classes.unknown}>
            <span aria-hidden="true">✗ </span>
            {item.not_done}
          </p>
        </InspectorSection>
      )}
      {details && data && <DecisionActions actions={data.actions} />}
      {group && <GroupMembers item={item} triage={triage} />}
      {error && !details && !group && (
        <ErrorState effect="The reasons could not be read." error={error} onRetry={() => void refetch()} />
      )}
      {!details && !error && !group && <LoadingRows rows={4} />}
      {!group && canDecide(item) && <WhyItAsks id={item.id} />}
      {item.held_by.length > 0 && <HeldBack item={item} />}
      {item.against.length > 0 && <Against item={item} />}
      {details && <Reasons details={details} trace={triage.trace} onTrace={triage.toggleTrace} />}
      {item.do !== "" && (
        <div className={classes.do}>
          <Lead text={item.do} />
        </div>
      )}
      {details && <Rest details={details} />}
    </Inspector>
  );
}

/** Why the rule asks about it, where it could act by itself. */
function WhyItAsks({ id }: { id: string }) {
  const { data: why = "" } = useQuery(asksQuery(id));
  if (why === "") return null;
  return (
    <InspectorSection title="Why it asks">
      <p className={classes.unknown}>
        {why}{" "}
        <Link to="/settings" search={{ section: "guardrails" }} className={classes.rule}>
          Guardrails
        </Link>
      </p>
    </InspectorSection>
  );
}

/** The guards that hold it back, and what each found. */
function HeldBack({ item }: { item: Decision }) {
  return (
    <InspectorSection title="Held back">
      <ul className={classes.history}>
        {item.held_by.map((guard) => (
          <li key={guard.policy}>
            <span>
              <Link to="/rules" search={{ policy: guard.policy }} className={classes.rule}>
                {guard.title}
              </Link>
              : {guard.why}
            </span>
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}

/** What other policies want about the same subject. */
function Against({ item }: { item: Decision }) {
  return (
    <InspectorSection title="Another rule wants the opposite">
      <ul className={classes.history}>
        {item.against.map((other) => (
          <li key={`${other.policy} ${other.case}`}>
            <span>
              <Link to="/rules" search={{ policy: other.policy }} className={classes.rule}>
                {other.policy_title}
              </Link>{" "}
              wants to {other.effect}: {other.title}
            </span>
          </li>
        ))}
      </ul>
    </InspectorSection>
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
        <TraceLinks details={details} />
      </InspectorSection>
      {aboutStock(details) && (
        <DailyChart series="inventory.on_hand" subject={details.subject} title="Stock on hand" label="On hand" />
      )}
    </>
  );
}

/** To each step of how it came about, and to why the same policy does not say so of another subject. */
function TraceLinks({ details: { policy, subject, subject_kind, as_of } }: { details: DecisionDetails }) {
  return (
    <p className={classes.traces}>
      <Link to="/rules/trace" search={{ subject, policy, as_of }}>
        Trace
      </Link>
      <Link to="/rules/trace" search={{ policy }}>
        {subject_kind === "sku" ? "Why not another SKU?" : "Why not another one?"}
      </Link>
    </p>
  );
}

/** Whether the reasons rest on stock, which has a daily series to look at. */
function aboutStock({ subject_kind, why }: DecisionDetails): boolean {
  return subject_kind === "sku" && why.some((line) => /\binventory\./.test(line.expression));
}

function Rest({ details }: { details: DecisionDetails }) {
  return (
    <>
      {details.if_you_wait !== "" && (
        <InspectorSection title="If you wait">
          <p className={classes.text}>{details.if_you_wait}</p>
        </InspectorSection>
      )}
      {aboutStock(details) && (
        <DailyChart series="sales.units" subject={details.subject} title="Units sold a day" label="Sold" />
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
              <li key={line.seq}>
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
