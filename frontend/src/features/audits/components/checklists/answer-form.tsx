import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import type { HandAnswer } from "../../api/types";
import classes from "./checklists.module.css";

type Props = { busy: boolean; onAnswer: (result: HandAnswer["result"], note: string) => void };

/** What a person found who looked: yes, no or cannot tell. Only a yes needs no words. */
export function AnswerForm({ busy, onAnswer }: Props) {
  const [note, setNote] = useState("");
  const words = note.trim();
  return (
    <section className={classes.answer} aria-label="Your answer">
      <Textarea
        label="What you found"
        description="Needed for No and Cannot tell."
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        rows={3}
      />
      <div className={classes.ways}>
        <Button variant="default" loading={busy} onClick={() => onAnswer("passed", words)}>
          Yes
        </Button>
        <Button variant="default" disabled={busy || words === ""} onClick={() => onAnswer("failed", words)}>
          No
        </Button>
        <Button variant="default" disabled={busy || words === ""} onClick={() => onAnswer("cannot_tell", words)}>
          Cannot tell
        </Button>
      </div>
    </section>
  );
}
