import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { TwoPress } from "@/ui/two-press/two-press";
import { check, disconnect, pause, resume } from "../../api/calls";
import { overviewQuery } from "../../api/queries";
import type { Connection, Overview, Tried, Vault } from "../../api/types";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { Mark } from "../mark";
import { ProblemCard } from "../problem-card";
import { Warnings } from "../steps/findings";
import { useAct } from "../use-act";
import { useOverviewAct } from "../use-overview-act";

type Props = { connection: Connection; vault: Vault["state"] };

/** What can be done about a connection. Ending it takes two presses, because its secrets are gone then. */
export function ConnectionActions({ connection, vault }: Props) {
  const { api, region, paused } = connection;
  const which = { api, region };
  const vaultOpen = vault === "unlocked";
  const navigate = useNavigate();
  const client = useQueryClient();
  const asked = useAct();
  const changed = useOverviewAct();
  const [effect, setEffect] = useState("");
  const [told, setTold] = useState<Tried | null>(null);
  const busy = asked.busy || changed.busy;
  const onCheck = async () => {
    setTold(null);
    changed.clear();
    const answer = await asked.act(() => check(which));
    if (!answer) return;
    setTold(answer);
    void client.invalidateQueries({ queryKey: overviewQuery.queryKey });
  };
  const change = (failed: string, work: () => Promise<Overview>) => {
    setEffect(failed);
    setTold(null);
    asked.clear();
    void changed.act(work);
  };
  return (
    <>
      <div className={classes.actions}>
        <Button
          variant={connection.state === "reconnect" ? "filled" : "default"}
          disabled={busy || !vaultOpen}
          onClick={() => void navigate({ to: "/connect", search: { do: "reconnect", ...which } })}
        >
          Reconnect
        </Button>
        <Button variant="default" loading={asked.busy} disabled={busy || !vaultOpen} onClick={() => void onCheck()}>
          Check again
        </Button>
        <Button
          variant="default"
          disabled={busy}
          onClick={() =>
            change(paused ? "It is still paused." : "It was not paused.", () => (paused ? resume(which) : pause(which)))
          }
        >
          {paused ? "Resume" : "Pause"}
        </Button>
        <TwoPress
          label="Disconnect"
          again="Press again: its secrets are erased"
          // Its secrets are taken out of the vault, which has to be open, or gone altogether: recovery words open a lost one.
          disabled={busy || vault === "locked" || vault === "lost"}
          onConfirm={() => change("It is still connected.", () => disconnect(which))}
        />
      </div>
      <Fault error={asked.error} effect="It was not checked." />
      <Fault error={changed.error} effect={effect} />
      {told?.problem && <ProblemCard problem={told.problem} fresh />}
      {told?.works && (
        <p className={classes.line} role="status">
          <Mark tone="good">Amazon answered: it works.</Mark>
        </p>
      )}
      {told && <Warnings all={told.warnings} />}
    </>
  );
}
