import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { connect, setPlaces, tryDraft } from "../api/calls";
import { overviewQuery } from "../api/queries";
import type { Draft, Overview, Place, Problem, Seller, Tried } from "../api/types";
import { amazons, hostOf, practiceEndpoint } from "../logic/practice";
import classes from "./connect.module.css";
import { StepList } from "./step-list";
import { ArrivingStep } from "./steps/arriving-step";
import { ChecklistStep } from "./steps/checklist-step";
import { EnterStep } from "./steps/enter-step";
import { FoundStep } from "./steps/found-step";
import type { Shown } from "./steps/shown";
import { VaultStep } from "./steps/vault-step";
import { useAct } from "./use-act";
import { useHeld } from "./use-held";

const steps = [
  "Where secrets are kept",
  "Your own application",
  "Paste the texts",
  "What was found",
  "What arrives first",
];

const [vaultStep, checklistStep, enterStep, foundStep, arrivingStep] = [0, 1, 2, 3, 4];

type Props = { overview: Overview; api: string; region: string };

/** The way from nothing to an account that is read: each step says what it is for, none asks for more than it needs. */
export function Wizard({ overview, api, region }: Props) {
  const client = useQueryClient();
  const [step, setStep] = useState(() => (overview.vault.state === "unlocked" ? checklistStep : vaultStep));
  const [shown, setShown] = useState<Shown>(() => firstShown(overview, api, region));
  const [tried, setTried] = useState<Tried | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sellers, setSellers] = useState<readonly Seller[]>([]);
  const [places, setPlacesShown] = useState<readonly Place[]>([]);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const held = useHeld();
  const { busy, error, act, clear } = useAct();
  const heading = useStepFocus(step);
  const change = (part: Partial<Shown>) => {
    setShown((before) => ({ ...before, ...part }));
    setProblem(null);
    clear();
  };
  const go = (to: number) => {
    clear();
    setStep(to);
  };
  const onTry = async (entered: Draft) => {
    setProblem(null);
    const answer = await act(() => tryDraft({ ...entered, ...held.take(entered) }));
    if (!answer) return;
    setProblem(answer.problem);
    setSellers(answer.sellers);
    if (!answer.works) return;
    setTried(answer);
    setPlacesShown(answer.places);
    go(foundStep);
  };
  const onConnect = async () => {
    const draft = draftOf(shown, held.take({ client_id: "", client_secret: "", refresh_token: "" }));
    const answer = await act(() => connect(draft));
    if (!answer) return;
    setTried(answer);
    if (!answer.kept) return;
    held.wipe();
    const failed = await keepPlaces(draft, answer.places, places);
    setNotes([...answer.warnings, ...failed]);
    void client.invalidateQueries({ queryKey: overviewQuery.queryKey });
    void client.invalidateQueries({ queryKey: ["jobs"] });
    go(arrivingStep);
  };
  const another = () => {
    held.wipe();
    setTried(null);
    setSellers([]);
    setShown(firstShown(overview, "", shown.region));
    go(enterStep);
  };
  const parts = [
    <VaultStep key="vault" vault={overview.vault} onNext={() => go(checklistStep)} />,
    <ChecklistStep
      key="checklist"
      region={shown.region}
      onRegion={(to) => change({ region: to })}
      onNext={() => go(enterStep)}
    />,
    <EnterStep
      key="enter"
      overview={overview}
      shown={shown}
      onShown={change}
      held={held.names}
      onForget={held.wipe}
      problem={problem}
      sellers={sellers}
      busy={busy}
      error={error}
      onSubmit={(draft) => void onTry(draft)}
    />,
    tried && (
      <FoundStep
        key="found"
        found={tried}
        where={whereText(overview, shown)}
        places={places}
        onPlaces={setPlacesShown}
        held={Object.values(held.names).every(Boolean)}
        busy={busy}
        error={error}
        onConnect={() => void onConnect()}
        onBack={() => go(enterStep)}
      />
    ),
    <ArrivingStep key="arriving" notes={notes} onAnother={another} />,
  ];
  return (
    <div className={classes.wizard}>
      <StepList titles={steps} current={step} locked={busy || step === arrivingStep} onGo={go} />
      <section className={classes.step} aria-labelledby="connect-step">
        <h2 id="connect-step" ref={heading} tabIndex={-1}>
          {steps[step]}
        </h2>
        {parts[step]}
      </section>
    </div>
  );
}

function firstShown({ apis, regions, connections }: Overview, api: string, region: string): Shown {
  const where = regions.find((one) => one.region === region)?.region ?? regions[0]?.region ?? "na";
  const free = apis.find((one) => !connections.some((c) => c.api === one.api && c.region === where));
  const what = apis.find((one) => one.api === api) ?? free ?? apis[0];
  return { api: what?.api ?? "spapi", region: where, created: "", seller: "", address: "" };
}

function draftOf(shown: Shown, secrets: Pick<Draft, "client_id" | "client_secret" | "refresh_token">): Draft {
  const endpoint = practiceEndpoint(shown.address, shown.api, shown.region) ?? amazons;
  return {
    api: shown.api,
    region: shown.region,
    secret_created: shown.created,
    seller_id: shown.seller.trim(),
    ...secrets,
    ...endpoint,
  };
}

/** Says which marketplaces are followed where that is not what the program chose; gives what went wrong, for a person. */
async function keepPlaces(draft: Draft, kept: readonly Place[], wanted: readonly Place[]): Promise<string[]> {
  const same = (a: Place, b: Place) => a.code === b.code && a.profile === b.profile;
  const changed = kept.flatMap((place) => {
    const chosen = wanted.find((other) => same(other, place));
    return chosen && chosen.wanted !== place.wanted ? [chosen] : [];
  });
  if (changed.length === 0) return [];
  try {
    await setPlaces(draft, changed);
    return [];
  } catch {
    return ["Which marketplaces to follow could not be kept. Choose them again under Connections."];
  }
}

function whereText({ regions }: Overview, shown: Shown): string {
  const region = regions.find((one) => one.region === shown.region)?.title ?? shown.region;
  const base = practiceEndpoint(shown.address, shown.api, shown.region)?.base ?? "";
  return base === "" ? region : `${region}, practice Amazon at ${hostOf(base)}`;
}

/** Puts the focus on the heading of a step that was come to, so that the keyboard and a reader go on there. */
function useStepFocus(step: number) {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}
