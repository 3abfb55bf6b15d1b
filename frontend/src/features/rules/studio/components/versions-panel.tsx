import { Button, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toCallError } from "@/lib/call";
import { useDisplay } from "@/lib/display";
import { formatInstant } from "@/lib/format";
import { studio } from "../../api/studio-calls";
import { versionsQuery } from "../../api/studio-queries";
import type { Draft, Version } from "../../api/studio-types";
import { LineDiff } from "./line-diff";
import classes from "./side.module.css";
import { useStudio } from "./studio-context";

type Props = { onRestored: (draft: Draft, version: number) => void; onAsk: (go: () => void) => void };

/** What the policy was, version by version; what changed between two; and the way back to one. */
export function VersionsPanel({ onRestored, onAsk }: Props) {
  const { policy, store } = useStudio();
  if (store.fresh) return <p className={classes.empty}>Nothing was saved yet.</p>;
  return <Panel policy={policy.name} onRestored={onRestored} onAsk={onAsk} />;
}

const draftId = "draft";

/** A version of one's own and the shipped one may have the same number. */
const idOf = (one: Version | undefined) => (one ? `${one.version}${one.shipped ? " shipped" : ""}` : "");

function Panel({ policy, onRestored, onAsk }: Props & { policy: string }) {
  const { state } = useStudio();
  const query = useQuery(versionsQuery(policy));
  const versions = query.data?.versions ?? [];
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string>(draftId);
  const current = versions.find((one) => one.current);
  const older = from ?? idOf(current ?? versions[0]);
  const restore = useMutation({
    mutationFn: (one: Version) => studio.restore(policy, one.version, one.shipped),
    onSuccess: (draft, one) => onRestored(draft, one.version),
  });
  const textOf = (id: string) => (id === draftId ? state.yaml : (versions.find((one) => idOf(one) === id)?.yaml ?? ""));
  const choices = versions.map((one) => ({
    value: idOf(one),
    label: `Version ${one.version}${one.shipped ? ", with Purser" : ""}`,
  }));
  const failed = query.error ?? restore.error;
  return (
    <div>
      {failed && <p className={classes.error}>{toCallError(failed).message}</p>}
      {query.data && versions.length === 0 && <p className={classes.empty}>Nothing was saved yet.</p>}
      <ul className={classes.list} aria-label="Versions">
        {versions.map((one) => (
          <li key={idOf(one)}>
            <VersionLine one={one} onReturn={() => onAsk(() => restore.mutate(one))} />
          </li>
        ))}
      </ul>
      {versions.length > 0 && (
        <>
          <h3 className={classes.heading}>What changed</h3>
          <div className={classes.form}>
            <Select label="From" data={choices} value={older} allowDeselect={false} onChange={setFrom} />
            <Select
              label="To"
              data={[{ value: draftId, label: "This draft" }, ...choices]}
              value={to}
              allowDeselect={false}
              onChange={(next) => next !== null && setTo(next)}
            />
          </div>
          <LineDiff before={textOf(older)} after={textOf(to)} />
        </>
      )}
    </div>
  );
}

function VersionLine({ one, onReturn }: { one: Version; onReturn: () => void }) {
  const { locale, now } = useDisplay();
  const when = one.shipped ? "comes with Purser" : formatInstant(one.at, locale, now);
  return (
    <div className={classes.line}>
      <span>
        Version {one.version}
        {one.current && " · in force"}
        <span className={classes.small}>{[when, one.note].filter((part) => part !== "").join(" · ")}</span>
      </span>
      {!one.current && (
        <Button variant="default" aria-label={`Return to version ${one.version}`} onClick={onReturn}>
          Return to this
        </Button>
      )}
    </div>
  );
}
