import { Button } from "@mantine/core";
import { useState } from "react";
import type { Vault } from "../../api/types";
import classes from "../connect.module.css";
import { Mark } from "../mark";
import { ChangeVault, type VaultChange } from "./change-vault";
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
  const [changing, setChanging] = useState<VaultChange | null>(null);
  const [note, setNote] = useState("");
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
  if (vault.state === "unlocked" && changing) {
    const changed = (made: readonly string[] | null) => {
      setChanging(null);
      setWords(made);
      setNote(made ? "The vault is open, with new recovery words" : "The vault is open, and changed");
      onChanged();
    };
    return (
      <ChangeVault key={changing} vault={vault} change={changing} onDone={changed} onLeave={() => setChanging(null)} />
    );
  }
  if (vault.state === "unlocked") return <Open vault={vault} note={note} onNext={onNext} onChange={setChanging} />;
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

type OpenProps = Pick<Props, "vault" | "onNext"> & { note: string; onChange: (change: VaultChange) => void };

function Open({ vault, note, onNext, onChange }: OpenProps) {
  return (
    <div className={classes.prose}>
      <p role={note === "" ? undefined : "status"}>
        <Mark tone="good">{note === "" ? "The vault is open" : note}</Mark>
      </p>
      <p>{openedBy[vault.mode]}</p>
      {vault.note !== "" && <p>{vault.note}</p>}
      <div className={classes.actions}>
        {onNext && <Button onClick={onNext}>Go on</Button>}
        {!onNext && vault.mode !== "" && (
          <>
            <Button variant="default" onClick={() => onChange("move")}>
              {vault.mode === "passphrase" ? "Change the passphrase…" : "Change what opens it…"}
            </Button>
            <Button variant="default" onClick={() => onChange("renew")}>
              New recovery words…
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

const openedBy: Record<Vault["mode"], string> = {
  passphrase: "It is opened by your passphrase whenever Purser starts.",
  keychain: "It is opened by the keychain of this computer.",
  "": "",
};
