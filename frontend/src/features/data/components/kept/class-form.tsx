import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { type KeptClass, keptQuery, setClass } from "../../api/kept";
import { parseWhole } from "../../logic/kept";
import classes from "./kept.module.css";

/** Changes how long a class is kept: by days, or for as long as a law asks for. Nothing where nothing may be changed. */
export function ClassForm({ of }: { of: KeptClass }) {
  if (of.edit === "days") return <DaysForm of={of} />;
  return of.edit === "law" ? <LawForm of={of} /> : null;
}

function useSave(of: KeptClass) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (change: { days?: number; years?: number; law?: string }) =>
      setClass({ name: of.name, days: 0, years: 0, law: "", ...change }),
    onSuccess: (kept) => {
      client.setQueryData(keptQuery.queryKey, kept);
      announce(`${of.title}: ${kept.classes.find(({ name }) => name === of.name)?.kept ?? "saved"}`);
    },
  });
  const failed = error ? toCallError(error) : null;
  return { save: mutate, busy: isPending, failed: failed ? `Not saved. ${failed.message} ${failed.hint}`.trim() : "" };
}

function Failed({ text }: { text: string }) {
  return text === "" ? null : (
    <p role="alert" className={classes.fault}>
      {text}
    </p>
  );
}

function DaysForm({ of }: { of: KeptClass }) {
  const [days, setDays] = useState(String(of.days));
  const [error, setError] = useState("");
  const { save, busy, failed } = useSave(of);
  const parsed = parseWhole(days, of.shortest, of.longest, "days");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError(parsed.ok ? "" : parsed.error);
    if (parsed.ok) save({ days: parsed.value });
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label={`How long ${of.title} are kept`}>
      <TextInput
        label="Days"
        description={`From ${of.shortest} to ${of.longest}; the rule allows no more`}
        inputMode="numeric"
        value={days}
        error={error === "" ? undefined : error}
        onChange={(event) => {
          setDays(event.currentTarget.value);
          setError("");
        }}
      />
      {parsed.ok && parsed.value < of.days && (
        <p className={classes.small}>
          What is older than {parsed.value} days goes with the next purge, and does not come back by itself.
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" variant="default" loading={busy} disabled={parsed.ok && parsed.value === of.days}>
          Keep it so long
        </Button>
      </div>
      <Failed text={failed} />
    </form>
  );
}

function LawForm({ of }: { of: KeptClass }) {
  const [law, setLaw] = useState(of.law);
  const [years, setYears] = useState(of.years > 0 ? String(of.years) : "");
  const [errors, setErrors] = useState({ law: "", years: "" });
  const { save, busy, failed } = useSave(of);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseWhole(years, 1, of.longest, "years");
    const found = {
      law: law.trim() === "" ? "Name the law, so that it can be told later why this is kept." : "",
      years: parsed.ok ? "" : parsed.error,
    };
    setErrors(found);
    if (parsed.ok && found.law === "") save({ years: parsed.value, law: law.trim() });
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label="The law that asks for longer">
      <TextInput
        label="Which law asks you to keep it"
        value={law}
        error={errors.law === "" ? undefined : errors.law}
        onChange={(event) => setLaw(event.currentTarget.value)}
      />
      <TextInput
        label="Years"
        description={`At most ${of.longest}`}
        inputMode="numeric"
        w={160}
        value={years}
        error={errors.years === "" ? undefined : errors.years}
        onChange={(event) => setYears(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button type="submit" variant="default" loading={busy}>
          Keep it as long as the law asks
        </Button>
        {of.years > 0 && (
          <Button variant="default" disabled={busy} onClick={() => save({ years: 0 })}>
            No law asks for it
          </Button>
        )}
      </div>
      <Failed text={failed} />
    </form>
  );
}
