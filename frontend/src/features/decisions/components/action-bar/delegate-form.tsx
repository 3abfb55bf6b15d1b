import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useDisplay } from "@/lib/display";
import { dayParts } from "@/lib/format";
import { tasksQuery } from "../../api/queries";
import type { TriageControl } from "../use-triage";
import classes from "./action-bar.module.css";

/** Asks who does it and until when; who it was last is there already. */
export function DelegateForm({ triage }: { triage: TriageControl }) {
  const { now } = useDisplay();
  const { data: tasks } = useQuery(tasksQuery);
  const last = tasks?.findLast(({ owner }) => owner !== "")?.owner ?? "";
  const [typed, setOwner] = useState<string | null>(null);
  const [due, setDue] = useState("");
  const owner = (typed ?? last).trim();
  const valid = owner !== "" && (due === "" || (/^\d{4}-\d{2}-\d{2}$/.test(due) && dayParts(due) !== null));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) triage.delegate(owner, due);
  };
  return (
    <form
      className={classes.edit}
      aria-label="Hand over"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        triage.setMode("list");
      }}
    >
      <TextInput
        label="Who does it"
        value={typed ?? last}
        onChange={(event) => setOwner(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        maxLength={80}
        autoFocus
        w={150}
      />
      <TextInput
        label="Due, if any"
        type="date"
        placeholder="YYYY-MM-DD"
        min={now.slice(0, 10)}
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
        w={150}
      />
      <Button type="submit" disabled={!valid}>
        Hand over
      </Button>
      <Button variant="default" onClick={() => triage.setMode("list")}>
        Cancel
      </Button>
    </form>
  );
}
