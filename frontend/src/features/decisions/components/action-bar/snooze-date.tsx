import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { dayParts } from "@/lib/format";
import type { TriageControl } from "../use-triage";
import classes from "./action-bar.module.css";

/** Asks for the day on which the decision comes back. */
export function SnoozeDate({ triage }: { triage: TriageControl }) {
  const [date, setDate] = useState("");
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(date) && dayParts(date) !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) triage.snooze("date", date);
  };
  return (
    <form
      className={classes.edit}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        triage.setMode("list");
      }}
    >
      <TextInput
        label="Snooze until"
        type="date"
        placeholder="YYYY-MM-DD"
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
        autoFocus
        w={150}
      />
      <Button type="submit" disabled={!valid}>
        Snooze
      </Button>
      <Button variant="default" onClick={() => triage.setMode("list")}>
        Cancel
      </Button>
    </form>
  );
}
