import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Draft, Overview, Problem, Seller } from "../../api/types";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { Mark } from "../mark";
import { ProblemCard } from "../problem-card";
import type { HeldNames } from "../use-held";
import { CredentialsForm } from "./credentials-form";
import type { Shown } from "./shown";

type Props = {
  overview: Overview;
  shown: Shown;
  onShown: (change: Partial<Shown>) => void;
  held: HeldNames;
  onForget: () => void;
  problem: Problem | null;
  sellers: readonly Seller[];
  busy: boolean;
  error: unknown;
  onSubmit: (draft: Draft) => void;
};

/** Enters what Amazon gave, and tries it. What was tried is used again where its field stays empty. */
export function EnterStep({
  overview,
  shown,
  onShown,
  held,
  onForget,
  problem,
  sellers,
  busy,
  error,
  onSubmit,
}: Props) {
  const navigate = useNavigate();
  const { api, region } = shown;
  const there = overview.connections.find((one) => one.api === api && one.region === region);
  return (
    <>
      {problem && <ProblemCard problem={problem} fresh />}
      {there && (
        <div className={classes.notice} role="status">
          <Mark tone="warning">
            {there.title} is connected in {there.region_title} already.
          </Mark>
          <Button
            variant="default"
            onClick={() => void navigate({ to: "/connect", search: { do: "reconnect", api, region } })}
          >
            Enter a new secret or token
          </Button>
        </div>
      )}
      <CredentialsForm
        apis={overview.apis}
        regions={overview.regions}
        shown={shown}
        onShown={onShown}
        held={held}
        problem={problem}
        sellers={sellers}
        busy={busy}
        action="Try it"
        onSubmit={onSubmit}
      />
      <Fault error={error} effect="It was not tried." />
      {Object.values(held).some(Boolean) && !busy && (
        <div className={classes.actions}>
          <Button variant="default" onClick={onForget}>
            Forget what I entered
          </Button>
        </div>
      )}
    </>
  );
}
