import { Button } from "@mantine/core";
import type { FormEvent } from "react";
import { createVault } from "../../api/calls";
import type { Recovery } from "../../api/types";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { useAct } from "../use-act";
import { ModeFields } from "./mode-fields";
import { usePassphrase } from "./use-passphrase";

/** Makes the vault; its recovery words go to whoever shows them, once. */
export function CreateVault({ onCreated }: { onCreated: (recovery: Recovery) => void }) {
  const { mode, choose, fault, take, fields } = usePassphrase();
  const { busy, error, act } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const passphrase = take();
    if (passphrase === null) return;
    const made = await act(() => createVault(mode, passphrase));
    if (made) onCreated(made);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <p className={classes.prose}>
        The secrets that Amazon gives you are kept in a vault: an encrypted file on this computer. They go in and never
        come out again, neither on screen nor into a log or a backup.
      </p>
      <ModeFields mode={mode} onMode={choose} fields={fields} fault={fault} />
      <div className={classes.actions}>
        <Button type="submit" loading={busy}>
          Make the vault
        </Button>
      </div>
      <Fault error={error} effect="The vault was not made." />
    </form>
  );
}
