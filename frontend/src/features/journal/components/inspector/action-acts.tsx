import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { toCallError } from "@/lib/call";
import { entityWords } from "@/ui/payload-view/value-words";
import { TwoPress } from "@/ui/two-press/two-press";
import type { Trail } from "../../api/types";
import { useActs } from "../../api/use-acts";
import classes from "./inspector.module.css";

/** What can be done about an action: take it back, or say what became of it. */
export function ActionActs({ trail }: { trail: Trail }) {
  const { revert, resolve } = useActs();
  const error = revert.error ?? resolve.error;
  const open = trail.state === "unknown" || trail.state === "mismatch";
  if (!open && !trail.reversible && error === null) return null;
  return (
    <div className={classes.acts}>
      {open && (
        <Resolve
          trail={trail}
          busy={resolve.isPending}
          onAnswer={(happened, note) => resolve.mutate({ id: trail.id, happened, note })}
        />
      )}
      {trail.reversible && (
        <TwoPress
          label="Revert"
          again="Press again to revert"
          loading={revert.isPending}
          onConfirm={() => revert.mutate(trail.id)}
        />
      )}
      {error !== null && (
        <p role="alert" className={classes.problem}>
          Not done. {toCallError(error).message} {toCallError(error).hint}
        </p>
      )}
    </div>
  );
}

type ResolveProps = { trail: Trail; busy: boolean; onAnswer: (happened: boolean, note: string) => void };

/** Only a person can find out; until then nothing else is done to the same thing. */
function Resolve({ trail, busy, onAnswer }: ResolveProps) {
  const [note, setNote] = useState("");
  return (
    <fieldset className={classes.resolve}>
      <legend>
        {trail.state === "unknown" ? "Look there: was it done?" : "Look there: is it as it was approved after all?"}
      </legend>
      <p className={classes.small}>Until you answer, nothing else is done to {entityWords(trail)}.</p>
      <TextInput
        label="Note"
        description="What you saw; kept in the audit."
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={classes.answers}>
        <Button variant="default" disabled={busy} onClick={() => onAnswer(true, note.trim())}>
          It was done
        </Button>
        <Button variant="default" disabled={busy} onClick={() => onAnswer(false, note.trim())}>
          It was not done
        </Button>
      </div>
    </fieldset>
  );
}
