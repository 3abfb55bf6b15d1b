import { Radio } from "@mantine/core";
import type { RefObject } from "react";
import type { VaultMode } from "../../api/types";
import { shortest } from "../../logic/words";
import classes from "../connect.module.css";
import { SecretField } from "../secret-field";

/** What is typed twice; empty where the keychain keeps the vault. */
export type PassphraseRefs = { first: RefObject<HTMLInputElement | null>; again: RefObject<HTMLInputElement | null> };

type Props = { mode: VaultMode; onMode: (mode: VaultMode) => void; fields: PassphraseRefs; fault: string };

/** The keychain of this computer, or a passphrase, typed twice. */
export function ModeFields({ mode, onMode, fields, fault }: Props) {
  return (
    <>
      <Radio.Group
        label="What opens the vault"
        value={mode}
        onChange={(value) => onMode(value === "passphrase" ? "passphrase" : "keychain")}
      >
        <div className={classes.choices}>
          <Radio
            value="keychain"
            label="The keychain of this computer"
            description="It opens when you sign in to the computer. Nothing more to remember."
          />
          <Radio
            value="passphrase"
            label="A passphrase"
            description="You type it whenever Purser starts. For computers without a keychain, or that others use."
          />
        </div>
      </Radio.Group>
      {mode === "passphrase" && (
        <div className={classes.pair}>
          <SecretField
            ref={fields.first}
            label="Passphrase"
            description={`At least ${shortest} characters; a few words will do`}
            error={fault}
          />
          <SecretField
            ref={fields.again}
            label="The same again"
            description="So that a slip of the finger locks nobody out"
          />
        </div>
      )}
    </>
  );
}
