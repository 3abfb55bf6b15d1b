import { setPlaces } from "../../api/calls";
import type { Connection, Place, Vault } from "../../api/types";
import { hostOf } from "../../logic/practice";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { Mark, type Tone } from "../mark";
import { ProblemCard } from "../problem-card";
import { Account, Capabilities } from "../steps/findings";
import { Places } from "../steps/places";
import { useOverviewAct } from "../use-overview-act";
import { ConnectionActions } from "./connection-actions";
import styles from "./connections.module.css";
import { SecretLine } from "./secret-line";

const tones: Record<Connection["state"], Tone> = { connected: "good", reconnect: "critical", paused: "neutral" };
const words: Record<Connection["state"], string> = {
  connected: "connected",
  reconnect: "has to be connected anew",
  paused: "paused: nothing is fetched or sent",
};

type Props = { connection: Connection; vault: Vault["state"] };

/** One connection: whose it is, what it reads, what it allows, and what can be done about it. */
export function ConnectionPart({ connection, vault }: Props) {
  const { api, region, title, state, problem, places, endpoint } = connection;
  const { busy, error, act } = useOverviewAct();
  const id = `connect-${api}-${region}`;
  const onPlaces = (changed: Place[]) => void act(() => setPlaces(connection, changed));
  return (
    <section className={styles.part} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} tabIndex={-1}>
          {title}, {connection.region_title}
        </h2>
        <Mark tone={tones[state]}>{words[state]}</Mark>
        {endpoint.base !== "" && <span className={styles.practice}>◆ practice Amazon at {hostOf(endpoint.base)}</span>}
      </div>
      {problem && <ProblemCard problem={problem} />}
      <Account found={connection} where="" />
      <SecretLine connection={connection} />
      <Places places={places} disabled={busy} onChange={onPlaces} />
      <Fault error={error} effect="Which marketplaces to follow was not kept." />
      <details className={classes.fold}>
        <summary>{allowedText(connection)}</summary>
        <Capabilities all={connection.capabilities} missing={connection.missing} />
      </details>
      <ConnectionActions connection={connection} vault={vault} />
    </section>
  );
}

function allowedText({ capabilities }: Connection): string {
  const granted = capabilities.filter(({ state }) => state === "granted").length;
  return `What the access allows: ${granted} of ${capabilities.length}`;
}
