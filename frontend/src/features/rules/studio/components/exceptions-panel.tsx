import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { useDisplay } from "@/lib/display";
import { dayParts, formatDay } from "@/lib/format";
import { studio } from "../../api/studio-calls";
import { exceptionsQuery } from "../../api/studio-queries";
import type { Exception, Exceptions, NewException } from "../../api/studio-types";
import classes from "./side.module.css";
import { useStudio } from "./studio-context";

/** Subjects that are taken out of the policy, and the way to add one. */
export function ExceptionsPanel({ subject }: { subject: string }) {
  const { policy, store } = useStudio();
  if (store.fresh) return <p className={classes.empty}>Save the policy first; then subjects can be taken out of it.</p>;
  return <Panel key={policy.name} policy={policy.name} subject={subject} />;
}

function Panel({ policy, subject }: { policy: string; subject: string }) {
  const query = useQuery(exceptionsQuery(policy));
  const client = useQueryClient();
  const announce = useAnnounce();
  const settle = (now: Exceptions, said: string) => {
    client.setQueryData(exceptionsQuery(policy).queryKey, now);
    for (const name of ["preview", "policies"]) void client.invalidateQueries({ queryKey: ["rules", name] });
    void client.invalidateQueries({ queryKey: ["decisions"] });
    announce(said);
  };
  const remove = useMutation({
    mutationFn: ({ label: _, at: __, ...which }: Exception) => studio.removeException(which),
    onSuccess: (now, which) => settle(now, `${which.label} is judged again.`),
  });
  const failed = query.error ?? remove.error;
  const list = query.data?.exceptions ?? [];
  return (
    <div>
      {failed && <p className={classes.error}>{toCallError(failed).message}</p>}
      {query.data && list.length === 0 && <p className={classes.empty}>No exceptions: every subject is judged.</p>}
      <ul className={classes.list} aria-label="Exceptions">
        {list.map((one) => (
          <li key={`${one.case}/${one.subject}`}>
            <ExceptionLine one={one} onRemove={() => remove.mutate(one)} />
          </li>
        ))}
      </ul>
      <AddException policy={policy} subject={subject} onAdded={settle} />
    </div>
  );
}

function ExceptionLine({ one, onRemove }: { one: Exception; onRemove: () => void }) {
  const { locale, now } = useDisplay();
  return (
    <div className={classes.line}>
      <span>
        {one.label || one.subject}
        <span className={classes.small}>
          {[
            one.case === "" ? "all cases" : `case ${one.case}`,
            one.until === "" ? "for good" : `until ${formatDay(one.until, locale, now)}`,
            one.reason,
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </span>
      </span>
      <Button variant="default" aria-label={`Remove the exception for ${one.label || one.subject}`} onClick={onRemove}>
        Remove
      </Button>
    </div>
  );
}

type AddProps = { policy: string; subject: string; onAdded: (now: Exceptions, said: string) => void };

function AddException({ policy, subject, onAdded }: AddProps) {
  const { policy: draft, live } = useStudio();
  const [typed, setTyped] = useState<Partial<NewException>>({});
  const input: NewException = {
    policy,
    case: "",
    subject: subject || (live?.subject ?? ""),
    reason: "",
    until: "",
    ...typed,
  };
  const put = (change: Partial<NewException>) => setTyped((before) => ({ ...before, ...change }));
  const wrongDay = input.until !== "" && !(input.until.length === 10 && dayParts(input.until));
  const add = useMutation({
    mutationFn: () => studio.addException(input),
    onSuccess: (now) => {
      setTyped({});
      onAdded(now, `${input.subject} is taken out of this policy.`);
    },
  });
  const ready = input.subject !== "" && input.reason.trim() !== "" && !wrongDay;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) add.mutate();
      }}
    >
      <h3 className={classes.heading}>Take a subject out</h3>
      <TextInput
        label="Subject"
        description="as in US/SKU-104"
        value={input.subject}
        onChange={(event) => put({ subject: event.currentTarget.value })}
      />
      <Select
        label="Of"
        data={[
          { value: "", label: "all cases" },
          ...draft.cases.map(({ name }) => ({ value: name, label: `case ${name}` })),
        ]}
        value={input.case}
        allowDeselect={false}
        onChange={(name) => put({ case: name ?? "" })}
      />
      <TextInput
        label="Until"
        description="the last day; empty: for good"
        placeholder="YYYY-MM-DD"
        value={input.until}
        error={wrongDay ? "Write a day as 2026-12-31" : undefined}
        onChange={(event) => put({ until: event.currentTarget.value })}
      />
      <TextInput label="Reason" value={input.reason} onChange={(event) => put({ reason: event.currentTarget.value })} />
      {add.error && <p className={classes.error}>{toCallError(add.error).message}</p>}
      <div className={classes.buttons}>
        <Button type="submit" disabled={!ready} loading={add.isPending}>
          Take it out
        </Button>
      </div>
    </form>
  );
}
