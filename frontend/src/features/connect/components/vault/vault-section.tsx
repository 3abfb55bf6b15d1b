import { useQueryClient } from "@tanstack/react-query";
import { overviewQuery } from "../../api/queries";
import type { Vault } from "../../api/types";
import classes from "../connect.module.css";
import styles from "../connections/connections.module.css";
import { VaultPart } from "./vault-part";

/** The vault as a part of the page: what can be done about it at any time. */
export function VaultSection({ vault }: { vault: Vault }) {
  const client = useQueryClient();
  const onChanged = () => void client.invalidateQueries({ queryKey: overviewQuery.queryKey });
  return (
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
  );
}
