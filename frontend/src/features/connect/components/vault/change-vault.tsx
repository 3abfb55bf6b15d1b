import { Button } from "@mantine/core";
import { type FormEvent, useEffect, useRef } from "react";
import { moveVault, renewVault } from "../../api/calls";
import type { Recovery, Vault } from "../../api/types";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { useAct } from "../use-act";
import { ModeFields } from "./mode-fields";
import { usePassphrase } from "./use-passphrase";

/** What is to change about an open vault: what opens it, or also its key and with it the recovery words. */
export type VaultChange = "move" | "renew";

type Props = {
  vault: Vault;
  change: VaultChange;
  /** It opens otherwise now; words are its new recovery words, where it has new ones. */
  onDone: (words: readonly string[] | null) => void;
  onLeave: () => void;
};

/** Has the keychain or a passphrase open the vault from now on; with new recovery words where they are wanted. */
export function ChangeVault({ vault, change, onDone, onLeave }: Props) {
  const { mode, choose, fault, take, fields } = usePassphrase(vault.mode === "passphrase" ? "passphrase" : "keychain");
  const { busy, error, act } = useAct();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.focus(), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const passphrase = take();
    if (passphrase === null) return;
    if (change === "move") {
      if (await act(() => moveVault(mode, passphrase))) onDone(null);
      return;
    }
    const made: Recovery | undefined = await act(() => renewVault(mode, passphrase));
    if (made) onDone(made.words);
  };
  const same = change === "move" && mode === "keychain" && vault.mode === "keychain";
  return (
    <form
      ref={form}
      tabIndex={-1}
      className={classes.form}
      aria-label={titles[change]}
      onSubmit={(event) => void submit(event)}
    >
      <p className={classes.prose}>{texts[change]}</p>
      <ModeFields mode={mode} onMode={choose} fields={fields} fault={fault} />
      <div className={classes.actions}>
        <Button type="submit" loading={busy} disabled={same}>
          {buttons[change]}
        </Button>
        <Button variant="default" disabled={busy} onClick={onLeave}>
          Leave it as it is
        </Button>
        {same && <span className={classes.small}>The keychain opens it already.</span>}
      </div>
      <Fault error={error} effect="Nothing was changed." />
    </form>
  );
}

const titles: Record<VaultChange, string> = {
  move: "What opens the vault",
  renew: "New recovery words",
};

const texts: Record<VaultChange, string> = {
  move: "What is in the vault stays, and so do your recovery words. What opened it until now no longer does.",
  renew:
    "For when the paper is lost or somebody else has seen it. The vault gets a new key: the words of before, and a passphrase of before, open nothing any more but copies of the vault's file that were made earlier. You read two of the new words back before you go on.",
};

const buttons: Record<VaultChange, string> = { move: "Change it", renew: "Make new words" };
