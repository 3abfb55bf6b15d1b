import { useQuery } from "@tanstack/react-query";
import { streamsQuery } from "../../api/queries";
import type { Overview } from "../../api/types";
import { atAGlance } from "../../logic/glance";
import { VaultSection } from "../vault/vault-section";
import { ConnectionPart } from "./connection-part";
import styles from "./connections.module.css";
import { Glance } from "./glance";

/** What is connected at a glance, then each connection with what can be done about it. A vault that is shut comes first. */
export function ConnectionList({ overview }: { overview: Overview }) {
  const { vault, connections } = overview;
  const streams = useQuery(streamsQuery);
  const shut = vault.state !== "unlocked";
  const failed = streams.isError && streams.data === undefined;
  return (
    <div className={styles.list}>
      {shut && <VaultSection vault={vault} />}
      <Glance rows={atAGlance(overview, streams.data)} failed={failed} />
      {!shut && <VaultSection vault={vault} />}
      {connections.map((one) => (
        <ConnectionPart key={`${one.api} ${one.region}`} connection={one} vault={vault.state} />
      ))}
    </div>
  );
}
