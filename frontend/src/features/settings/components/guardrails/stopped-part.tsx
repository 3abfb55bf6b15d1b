import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { Day } from "@/ui/day/day";
import { stopStatusQuery } from "@/ui/stop-switch/stop-status";
import { limitsQuery, resumeKind, type StoppedKind } from "../../api/guardrails";
import settings from "../settings.module.css";
import classes from "./guardrails.module.css";

/** Kinds of action that Purser stopped by itself, each with why, since when, and the way on. Nothing where all run. */
export function StoppedPart() {
  const { data: status } = useQuery(stopStatusQuery);
  if (!status || status.stopped_kinds.length === 0) return null;
  return (
    <section className={classes.part} aria-labelledby="guardrails-stopped">
      <h2 id="guardrails-stopped">Stopped by Purser</h2>
      <p className={classes.about}>
        Nothing of these kinds is taken any more, whatever is asked for, so nothing more of them begins. Everything else
        goes on.
      </p>
      {status.stopped_kinds.map((one) => (
        <Row key={one.kind} one={one} everything={status.stopped} />
      ))}
    </section>
  );
}

type RowProps = { one: StoppedKind; everything: boolean };

function Row({ one, everything }: RowProps) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const [asked, setAsked] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => resumeKind(one.kind),
    onSuccess: (status) => {
      client.setQueryData(stopStatusQuery.queryKey, status);
      void client.invalidateQueries({ queryKey: limitsQuery.queryKey });
      announce(`“${one.title}” goes on.`);
    },
  });
  const leave = () => {
    setAsked(false);
    button.current?.focus();
  };
  const failed = error ? toCallError(error) : null;
  return (
    <div className={classes.stoppedKind}>
      <div>
        <p className={settings.name}>
          <span aria-hidden="true">⊘ </span>
          {one.title}
        </p>
        <p className={classes.why}>{one.reason}</p>
        <p className={settings.small}>
          Stopped since <Day value={one.since} />
        </p>
      </div>
      <Button ref={button} variant="default" disabled={asked} onClick={() => setAsked(true)}>
        Let it go on…
      </Button>
      {asked && (
        <Confirm title={one.title} everything={everything} busy={isPending} onDone={() => mutate()} onLeave={leave} />
      )}
      {failed && (
        <p role="alert" className={settings.problem}>
          It stays stopped. {failed.message} {failed.hint}
        </p>
      )}
    </div>
  );
}

type ConfirmProps = { title: string; everything: boolean; busy: boolean; onDone: () => void; onLeave: () => void };

/** What will happen, before it does. */
function Confirm({ title, everything, busy, onDone, onLeave }: ConfirmProps) {
  const go = useRef<HTMLButtonElement>(null);
  useEffect(() => go.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only catches Esc of the buttons in it.
    <div className={classes.again} onKeyDown={onKeyDown}>
      <p id="let-go-on" className={classes.confirm}>
        What was approved of “{title}” and waits is carried out {everything ? "once everything is resumed" : "at once"},
        one by one and within its limits; rules may propose it again. See to it first that the reason above is gone: if
        nothing of it is taken again, it stops again.
      </p>
      <div className={classes.answers}>
        <Button ref={go} size="compact-sm" loading={busy} aria-describedby="let-go-on" onClick={onDone}>
          Let it go on
        </Button>
        <Button size="compact-sm" variant="default" onClick={onLeave}>
          Leave it stopped
        </Button>
      </div>
    </div>
  );
}
