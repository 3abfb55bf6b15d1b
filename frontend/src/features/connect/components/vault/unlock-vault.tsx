import { Button } from "@mantine/core";
import { type FormEvent, useRef } from "react";
import { unlock } from "../../api/calls";
import type { Vault } from "../../api/types";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { SecretField, takeText } from "../secret-field";
import { useAct } from "../use-act";

type Props = { vault: Vault; onDone: () => void; onRestore: () => void };

/** Opens the vault by its passphrase, or asks the keychain again. */
export function UnlockVault({ vault, onDone, onRestore }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const { busy, error, act } = useAct();
  const byPassphrase = vault.mode === "passphrase";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const passphrase = takeText(field.current);
    await act(() => unlock(passphrase));
    onDone(); // also where it failed: fewer tries may be left
    field.current?.focus();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <p className={classes.prose}>{vault.reason === "" ? "The vault is locked." : vault.reason}</p>
      {byPassphrase && <SecretField ref={field} label="Passphrase" description={triesText(vault)} w={320} />}
      <div className={classes.actions}>
        <Button type="submit" loading={busy}>
          {byPassphrase ? "Unlock" : "Ask the keychain again"}
        </Button>
        <Button variant="default" onClick={onRestore}>
          Use the recovery words
        </Button>
      </div>
      <Fault error={error} effect="The vault stays locked." />
    </form>
  );
}

function triesText({ wait, left }: Vault): string {
  if (wait > 0) return `The next try is possible in ${wait} seconds`;
  return left > 0 && left < 10 ? `${left} ${left === 1 ? "try" : "tries"} left before you have to wait` : "";
}
