import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { reconnect } from "../api/calls";
import { overviewQuery } from "../api/queries";
import type { Connection, Draft, Overview, Seller, Tried } from "../api/types";
import classes from "./connect.module.css";
import { Fault } from "./fault";
import { Mark } from "./mark";
import { ProblemCard } from "./problem-card";
import { CredentialsForm } from "./steps/credentials-form";
import { Capabilities, Warnings } from "./steps/findings";
import type { Shown } from "./steps/shown";
import { useAct } from "./use-act";
import { nothingHeld } from "./use-held";

/** Enters a new secret or token of a connection. What there is goes on being used until the new one works. */
export function Reconnect({ overview, connection }: { overview: Overview; connection: Connection }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { busy, error, act, clear } = useAct();
  const [tried, setTried] = useState<Tried | null>(null);
  const [sellers, setSellers] = useState<readonly Seller[]>([]);
  const [shown, setShown] = useState<Shown>({
    api: connection.api,
    region: connection.region,
    created: "",
    seller: "", // entered anew, it vouches for a token of a store that looks different
    address: "",
  });
  const back = () => void navigate({ to: "/connect" });
  const submit = async (draft: Draft) => {
    setTried(null);
    const answer = await act(() => reconnect(draft));
    if (!answer) return;
    setTried(answer);
    setSellers(answer.sellers);
    void client.invalidateQueries({ queryKey: overviewQuery.queryKey });
  };
  if (tried?.kept) return <Done overview={overview} tried={tried} />;
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>
        {connection.title}, {connection.region_title}
      </h2>
      <p className={classes.prose}>
        Enter what is new and leave the rest empty. Purser tries it first; the present one goes on being used until the
        new one works.
      </p>
      {tried?.problem && <ProblemCard problem={tried.problem} fresh />}
      <CredentialsForm
        anew
        apis={overview.apis}
        regions={overview.regions}
        shown={shown}
        onShown={(change) => {
          setShown((before) => ({ ...before, ...change }));
          clear();
        }}
        held={nothingHeld}
        problem={tried?.problem ?? null}
        sellers={sellers}
        busy={busy}
        action="Try it and replace"
        onSubmit={(draft) => void submit(draft)}
      />
      <Fault error={error} effect="Nothing was replaced." />
      <div className={classes.actions}>
        <Button variant="default" onClick={back} disabled={busy}>
          Leave it as it is
        </Button>
      </div>
    </div>
  );
}

function Done({ overview, tried }: { overview: Overview; tried: Tried }) {
  const told = useRef<HTMLParagraphElement>(null);
  useEffect(() => told.current?.focus(), []); // the form that had the focus is gone
  const titles = tried.also.map((region) => overview.regions.find((one) => one.region === region)?.title ?? region);
  return (
    <div className={classes.panel}>
      <p role="status" ref={told} tabIndex={-1}>
        <Mark tone="good">It works and has taken the place of the old one.</Mark>
      </p>
      {titles.length > 0 && (
        <p className={classes.prose}>
          The new secret is in use in {titles.join(" and in ")} too: it is the same application.
        </p>
      )}
      <Warnings all={tried.warnings} />
      <Capabilities all={tried.capabilities} missing={tried.missing} />
    </div>
  );
}
