import { Button } from "@mantine/core";
import { useState } from "react";
import type { Vault } from "../../api/types";
import classes from "../connect.module.css";
import { Mark } from "../mark";
import { CreateVault } from "./create-vault";
import { EraseVault } from "./erase-vault";
import { RecoveryWords } from "./recovery-words";
import { RestoreVault } from "./restore-vault";
import { UnlockVault } from "./unlock-vault";

type Props = {
  vault: Vault;
  /** Reads how the vault stands again. */
  onChanged: () => void;
  /** The vault is open: what comes next; absent where nothing does. */
  onNext?: () => void;
};

/** The vault as it stands, with what can be done about it. */
export function VaultPart({ vault, onChanged, onNext }: Props) {
  // Held here and not below: the vault is open as soon as it was made, while its words are still being written down.
  const [words, setWords] = useState<readonly string[] | null>(null);
  const [restoring, setRestoring] = useState(false);
  if (words) {
    const done = () => {
      setWords(null);
      onNext?.();
    };
    return <RecoveryWords words={words} onDone={done} />;
  }
  if (vault.state === "none") {
    const created = (made: { words: string[] }) => {
      setWords(made.words);
      onChanged();
    };
    return <CreateVault onCreated={created} />;
  }
  if (vault.state === "unlocked") return <Open vault={vault} onNext={onNext} />;
  const back = () => setRestoring(false);
  if (restoring) {
    const done = () => {
      back();
      onChanged();
    };
    return <RestoreVault onDone={done} onBack={back} />;
  }
  return (
    <>
      <UnlockVault vault={vault} onDone={onChanged} onRestore={() => setRestoring(true)} />
      <EraseVault onDone={onChanged} />
    </>
  );
}

function Open({ vault, onNext }: Pick<Props, "vault" | "onNext">) {
  return (
    <div className={classes.prose}>
      <p>
        <Mark tone="good">The vault is open</Mark>
      </p>
      <p>
        {vault.mode === "passphrase"
          ? "It is opened by your passphrase whenever Purser starts."
          : "It is opened by the keychain of this computer."}
      </p>
      {vault.note !== "" && <p>{vault.note}</p>}
      {onNext && (
        <div className={classes.actions}>
          <Button onClick={onNext}>Go on</Button>
        </div>
      )}
    </div>
  );
}
