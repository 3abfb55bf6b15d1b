import { Button } from "@mantine/core";
import type { Place, Tried } from "../../api/types";
import classes from "../connect.module.css";
import { Fault } from "../fault";
import { ProblemCard } from "../problem-card";
import { Account, Capabilities, Warnings } from "./findings";
import { Places } from "./places";

type Props = {
  found: Tried;
  where: string;
  places: readonly Place[];
  onPlaces: (places: Place[]) => void;
  /** Still known, so that it can be connected without entering it again. */
  held: boolean;
  busy: boolean;
  error: unknown;
  onConnect: () => void;
  onBack: () => void;
};

/** What Amazon said to what was entered, before anything is kept. */
export function FoundStep({ found, where, places, onPlaces, held, busy, error, onConnect, onBack }: Props) {
  const follows = places.some(({ wanted }) => wanted);
  return (
    <>
      {found.problem && <ProblemCard problem={found.problem} fresh />}
      <Account found={found} where={where} />
      <Warnings all={found.warnings} />
      <Places places={places} disabled={busy} onChange={onPlaces} />
      <h3 className={classes.heading}>{allowedText(found)}</h3>
      <Capabilities all={found.capabilities} missing={found.missing} />
      <div className={classes.actions}>
        <Button onClick={onConnect} loading={busy} disabled={!held || !follows}>
          Connect
        </Button>
        <Button variant="default" onClick={onBack} disabled={busy}>
          Back
        </Button>
        <span className={classes.small} role="status">
          {why(held, follows, busy)}
        </span>
      </div>
      <Fault error={error} effect="It was not connected." />
    </>
  );
}

function why(held: boolean, follows: boolean, busy: boolean): string {
  if (busy) return "Trying once more and putting the secrets into the vault.";
  if (!held)
    return "The secrets were forgotten meanwhile, as they are after ten minutes. Go back and enter them again.";
  return follows ? "" : "Tick at least one marketplace.";
}

function allowedText({ capabilities }: Tried): string {
  const granted = capabilities.filter(({ state }) => state === "granted").length;
  if (capabilities.length === 0) return "What the access allows was not asked";
  if (granted === capabilities.length) return "The access allows all that Purser reads";
  return `The access allows ${granted} of ${capabilities.length} things; the rest works without`;
}
