import type { Capability, Problem, Tried } from "../../api/types";
import classes from "../connect.module.css";
import { Mark, type Tone } from "../mark";
import { ProblemCard } from "../problem-card";
import styles from "./findings.module.css";

const tones: Record<Capability["state"], Tone> = { granted: "good", denied: "critical", unknown: "neutral" };
const words: Record<Capability["state"], string> = {
  granted: "allowed",
  denied: "not allowed",
  unknown: "could not be told",
};

/** What an access allows: one line each, and how to add what is missing. */
export function Capabilities({ all, missing }: { all: readonly Capability[]; missing: readonly Problem[] }) {
  const denied = all.filter(({ state }) => state === "denied");
  return (
    <ul className={styles.capabilities} aria-label="What the access allows">
      {all.map((one) => (
        <li key={one.name}>
          <span className={styles.name}>{one.title}</span>
          <Mark tone={tones[one.state]}>{words[one.state]}</Mark>
          <span className={styles.role}>{one.role}</span>
          {one.state === "unknown" && one.text !== "" && <p className={styles.text}>{one.text}</p>}
          {one.state === "denied" && <HowTo problem={missing[denied.indexOf(one)]} title={one.title} />}
        </li>
      ))}
    </ul>
  );
}

function HowTo({ problem, title }: { problem: Problem | undefined; title: string }) {
  if (!problem) return null;
  return (
    <details className={styles.how}>
      <summary>
        How to add it<span className="visually-hidden">: {title}</span>
      </summary>
      <ProblemCard problem={problem} quiet />
    </details>
  );
}

const plans: Record<string, string> = { PROFESSIONAL: "Professional", INDIVIDUAL: "Individual" };

/** Whose account it is. */
export function Account({ found, where }: { found: Pick<Tried, "store_name" | "plan" | "seller_id">; where: string }) {
  const parts = [
    ["Store", found.store_name],
    ["Plan", plans[found.plan] ?? found.plan],
    ["Merchant token", found.seller_id],
    ["Where", where],
  ].filter(([, text]) => text !== "");
  return (
    <dl className={styles.account}>
      {parts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What should be looked at though it works. */
export function Warnings({ all }: { all: readonly string[] }) {
  if (all.length === 0) return null;
  return (
    <ul className={classes.warnings} role="status">
      {all.map((text) => (
        <li key={text}>
          <Mark tone="warning">{text}</Mark>
        </li>
      ))}
    </ul>
  );
}
