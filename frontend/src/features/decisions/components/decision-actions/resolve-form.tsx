import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useResolve } from "../../api/actions";
import type { Trail } from "../../api/types";
import classes from "./decision-actions.module.css";

/** Asks a person what became of an action; nothing more is done to its subject until then. */
export function ResolveForm({ trail }: { trail: Trail }) {
  const resolve = useResolve();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const answer = async (happened: boolean) => {
    setBusy(true);
    await resolve(trail, happened, note.trim());
    setBusy(false);
  };
  return (
    <fieldset className={classes.resolve} disabled={busy}>
      <legend>Look where it should have been done, and say: was it?</legend>
      <TextInput
        label="Note, if any"
        value={note}
        maxLength={400}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={classes.answers}>
        <Button variant="default" onClick={() => void answer(true)}>
          It was done
        </Button>
        <Button variant="default" onClick={() => void answer(false)}>
          It was not done
        </Button>
      </div>
    </fieldset>
  );
}
