import { Button, Textarea } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Kbd } from "@/ui/kbd/kbd";
import type { Cause } from "../../api/types";
import { causes, type Draft, formRefusal } from "../../logic/draft";
import classes from "./questions.module.css";

type Props = {
  draft: Draft;
  busy: boolean;
  onChange: (change: Pick<Partial<Draft>, "cause" | "note" | "form">) => void;
  onSend: () => void;
};

/** What was wrong, in words, and for a critical one of which kind. */
export function VerdictForm({ draft, busy, onChange, onSend }: Props) {
  const group = useRef<HTMLFieldSetElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const critical = draft.form === "critical";
  const { cause } = draft;
  // Once the kind is chosen, also by its number, the note is next.
  useEffect(() => {
    if (critical && cause === "") group.current?.focus();
    else note.current?.focus();
  }, [critical, cause]);
  const missing = formRefusal(draft);
  return (
    <form
      className={classes.form}
      aria-label={critical ? "A critical fault" : "A fault"}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {critical && (
        <fieldset ref={group} tabIndex={-1} className={classes.causes}>
          <legend>What makes it critical?</legend>
          {causes.map(({ value, title }, index) => (
            <Choice
              key={value}
              value={value}
              title={title}
              number={index + 1}
              chosen={cause === value}
              onChoose={() => onChange({ cause: value })}
            />
          ))}
        </fieldset>
      )}
      <Textarea
        ref={note}
        label="What was wrong?"
        description="It is kept in the audit with the verdict."
        value={draft.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
        rows={3}
      />
      <div className={classes.buttons}>
        <Button
          type="submit"
          color={critical ? "critical" : undefined}
          disabled={missing !== ""}
          loading={busy}
          rightSection={<Kbd keys="mod+enter" />}
        >
          {critical ? "It was critical" : "It was wrong"}
        </Button>
        <Button variant="default" rightSection={<Kbd keys="escape" />} onClick={() => onChange({ form: null })}>
          Not yet
        </Button>
        {missing !== "" && <span className={classes.hint}>{missing}</span>}
      </div>
    </form>
  );
}

type ChoiceProps = { value: Cause; title: string; number: number; chosen: boolean; onChoose: () => void };

function Choice({ value, title, number, chosen, onChoose }: ChoiceProps) {
  return (
    <label className={classes.cause}>
      <input type="radio" name="cause" value={value} checked={chosen} onChange={onChoose} />
      <Kbd keys={String(number)} />
      {title}
    </label>
  );
}
