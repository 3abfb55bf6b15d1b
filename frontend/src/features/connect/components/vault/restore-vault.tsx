import { Button } from "@mantine/core";
import { type ClipboardEvent, type FormEvent, useRef } from "react";
import { restore } from "../../api/calls";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { SecretField, takeText } from "../secret-field";
import { useAct } from "../use-act";
import { ModeFields } from "./mode-fields";
import { usePassphrase } from "./use-passphrase";

/** Opens the vault by its recovery words and says how it is kept from now on. */
export function RestoreVault({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const words = useRef<HTMLInputElement>(null);
  const { mode, choose, fault, take, fields } = usePassphrase();
  const { busy, error, act } = useAct();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const passphrase = take();
    if (passphrase === null) return;
    const typed = takeText(words.current);
    const opened = await act(() => restore(typed, mode, passphrase));
    if (opened) onDone();
    else words.current?.focus();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <SecretField
        ref={words}
        label="Recovery words"
        description="All 24 in their order, with blanks between them. They are not shown while you type"
        onPaste={keepBlanks}
      />
      <ModeFields mode={mode} onMode={choose} fields={fields} fault={fault} />
      <div className={classes.actions}>
        <Button type="submit" loading={busy}>
          Open the vault
        </Button>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
      </div>
      <Fault error={error} effect="The vault was not opened." />
    </form>
  );
}

/** A field of one line would glue words together that are pasted line by line. */
function keepBlanks(event: ClipboardEvent<HTMLInputElement>) {
  event.preventDefault();
  event.currentTarget.value = event.clipboardData.getData("text").trim().replace(/\s+/g, " ");
}
