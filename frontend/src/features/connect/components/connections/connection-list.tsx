import { useQueryClient } from "@tanstack/react-query";
import { overviewQuery } from "../../api/queries";
import type { Overview } from "../../api/types";
import classes from "../connect.module.css";
import { VaultPart } from "../vault/vault-part";
import { ConnectionPart } from "./connection-part";
import styles from "./connections.module.css";

/** What is connected, how it stands and how long its secret is good for. */
export function ConnectionList({ overview }: { overview: Overview }) {
  const client = useQueryClient();
  const onChanged = () => void client.invalidateQueries({ queryKey: overviewQuery.queryKey });
  const { vault, connections } = overview;
  return (
    <div className={styles.list}>
      <section className={styles.part} aria-labelledby="connect-vault">
        <h2 id="connect-vault">Vault</h2>
        {vault.state !== "unlocked" && (
          <p className={classes.prose}>
            Nothing is fetched from Amazon and nothing is sent to it meanwhile. What is on this computer can be used as
            always.
          </p>
        )}
        <VaultPart vault={vault} onChanged={onChanged} />
      </section>
      {connections.map((one) => (
        <ConnectionPart key={`${one.api} ${one.region}`} connection={one} vault={vault.state} />
      ))}
    </div>
  );
}
