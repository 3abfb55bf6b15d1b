import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Kbd } from "@/ui/kbd/kbd";
import classes from "./approval-sheet.module.css";
import type { BatchControl } from "./use-batch";

type Props = {
  batch: BatchControl;
  /** The first press on Approve was made, and what leaves for good is asked about once more. */
  counting: boolean;
  onApprove: () => void;
  onBack: () => void;
  onClose: () => void;
};

/** The approval itself, in one step, or in two where nothing takes it back. */
export function BatchFoot({ batch, counting, onApprove, onBack, onClose }: Props) {
  const lines = batch.kept?.lines ?? [];
  if (counting && batch.kept) {
    const final = lines.filter((line) => line.level === 3).length;
    return <Count key={lines.length} count={lines.length} {...{ final, busy: batch.busy, onApprove, onBack }} />;
  }
  const words = lines.length > 1 ? `Approve ${lines.length}` : "Approve";
  return (
    <div className={classes.foot}>
      <Button
        data-approve=""
        // Stays in the order of Tab while it cannot be pressed, so that the focus is not lost when lines change.
        aria-disabled={!batch.ready}
        data-disabled={batch.ready ? undefined : true}
        loading={batch.busy}
        onClick={onApprove}
        rightSection={<Kbd keys="mod+enter" />}
        aria-keyshortcuts="Control+Enter"
      >
        {batch.kept?.level === 3 ? `${words}…` : words}
      </Button>
      <Button variant="default" onClick={onClose}>
        Not now
      </Button>
      <p className={classes.keys}>
        <Kbd keys="j" /> <Kbd keys="k" /> lines · <Kbd keys="enter" /> exactly what · <Kbd keys="x" /> leave out
      </p>
    </div>
  );
}

type CountProps = { count: number; final: number; busy: boolean; onApprove: () => void; onBack: () => void };

/** Asks for the number of lines, so that nobody approves what they did not count. */
function Count({ count, final, busy, onApprove, onBack }: CountProps) {
  const [typed, setTyped] = useState("");
  const nothing = final === count ? "Nothing takes this back." : `Nothing takes ${final} of these back.`;
  const right = typed.trim() === String(count);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (right) onApprove();
  };
  return (
    <form
      className={classes.foot}
      aria-label="Count the lines"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          onBack();
        } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.stopPropagation();
          if (right) onApprove();
        }
      }}
    >
      <TextInput
        label={`${nothing} How many lines do you approve?`}
        placeholder={String(count)}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={typed.trim() !== "" && !right ? `There ${count === 1 ? "is 1 line" : `are ${count} lines`}.` : undefined}
        autoFocus
      />
      <Button type="submit" color="critical" disabled={!right} loading={busy}>
        Approve {count}
      </Button>
      <Button variant="default" onClick={onBack}>
        Back
      </Button>
    </form>
  );
}
