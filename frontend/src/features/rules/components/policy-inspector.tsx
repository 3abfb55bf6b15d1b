import { Day } from "@/ui/day/day";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { SeverityIcon } from "@/ui/severity-icon/severity-icon";
import type { Policy, PolicyCase } from "../api/types";
import { Links } from "./list/inspector-links";
import { type Listed, ownerOf, topicTitle } from "./list/listed";
import { Standing } from "./list/standing";
import { StateMark } from "./list/state-mark";
import classes from "./rules.module.css";
import { ThresholdField } from "./threshold-field";
import { WastedTime } from "./wasted/wasted-time";

type Props = { policy: Listed; onClose: () => void; onSwitch: (policy: Listed) => void };

/** One policy: what it watches, its cases in order, its figures, and why it cannot tell. */
export function PolicyInspector({ policy, onClose, onSwitch }: Props) {
  return (
    <Inspector label="Rule details" onClose={onClose} footer={<Links policy={policy} onSwitch={onSwitch} />}>
      <p className={classes.meta}>
        {policy.health === "ok" && (
          <>
            <StateMark policy={policy} /> ·{" "}
          </>
        )}
        version {policy.version}, {ownerOf(policy)} · {topicTitle(policy.topic)} · {policy.subjects} looked at
      </p>
      <h2 className={classes.title}>{policy.title === "" ? policy.name : policy.title}</h2>
      {policy.last_error !== "" && (
        <div className={classes.error} role="alert">
          {policy.last_error}
        </div>
      )}
      {policy.description !== "" && <p className={classes.text}>{policy.description}</p>}
      <Standing policy={policy} />
      <WastedTime policy={policy} onSwitch={onSwitch} />
      {policy.thresholds.length > 0 && (
        <InspectorSection title="Figures you can change">
          {policy.thresholds.map((threshold) => (
            <ThresholdField key={threshold.name} policy={policy.name} threshold={threshold} />
          ))}
        </InspectorSection>
      )}
      {policy.cases.length > 0 && (
        <InspectorSection title="Cases, the first that holds decides">
          <ol className={classes.cases}>
            {policy.cases.map((one) => (
              <CaseLine key={one.name} one={one} />
            ))}
            {policy.otherwise !== "" && <li className={classes.otherwise}>Otherwise: {policy.otherwise}</li>}
          </ol>
        </InspectorSection>
      )}
      <Clauses policy={policy} />
      {policy.unknown.length > 0 && (
        <InspectorSection title="Why it cannot tell">
          <ul className={classes.list}>
            {policy.unknown.map((one) => (
              <li key={one.reason}>
                <span>{one.reason}</span>
                <span>{one.subjects}</span>
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
      {policy.source !== "" && (
        <p className={classes.meta}>
          Source: {policy.source}, <Day value={policy.date} />
        </p>
      )}
    </Inspector>
  );
}

function CaseLine({ one }: { one: PolicyCase }) {
  return (
    <li>
      <span className={classes.caseHead}>
        <SeverityIcon severity={one.severity} />
        <strong>{one.action === "" ? one.name : one.action}</strong>
      </span>
      <code>{one.when}</code>
      {one.needed && <small>If this cannot be told, nothing after it is tried.</small>}
      {one.inhibited_by.length > 0 && <small>Silent while {one.inhibited_by.join(", ")} holds.</small>}
    </li>
  );
}

function Clauses({ policy }: { policy: Policy }) {
  if (policy.clauses.length === 0 && policy.scope === "") return null;
  return (
    <InspectorSection title="Where">
      <dl className={classes.clauses}>
        {policy.scope !== "" && (
          <div>
            <dt>Only for</dt>
            <dd>
              <code>{policy.scope}</code>
            </dd>
          </div>
        )}
        {policy.clauses.map((clause) => (
          <div key={clause.name}>
            <dt>{clause.title === "" ? clause.name : clause.title}</dt>
            <dd>
              <code>{clause.when}</code>
            </dd>
          </div>
        ))}
      </dl>
    </InspectorSection>
  );
}
