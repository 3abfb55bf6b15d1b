import { useQueryClient } from "@tanstack/react-query";
import { overviewQuery } from "../../api/queries";
import type { Vault } from "../../api/types";
import { VaultPart } from "../vault/vault-part";

/** The vault is there and open before anything is entered. */
export function VaultStep({ vault, onNext }: { vault: Vault; onNext?: () => void }) {
  const client = useQueryClient();
  const onChanged = () => void client.invalidateQueries({ queryKey: overviewQuery.queryKey });
  return <VaultPart vault={vault} onChanged={onChanged} onNext={onNext} />;
}
