import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { Day } from "@/ui/day/day";
import { Money } from "@/ui/money/money";
import type { Kind, Mode, ModeName } from "../../api/guardrails";
import { figureText, modeTitles } from "../../logic/guardrails";
import { countText } from "../../logic/touch";
import settings from "../settings.module.css";
import { AutoForm } from "./auto-form";
import classes from "./guardrails.module.css";
import type { useModes } from "./use-modes";

type Props = { mode: Mode; kind: Kind | undefined; edit: ReturnType<typeof useModes> };

const choices = (["observe", "propose", "auto"] as const).map((value) => ({ value, label: modeTitles[value] }));

/** One rule: how it may act, since when, and what it lacks to act by itself. */
export function ModeRow({ mode, kind, edit }: Props) {
  const [asking, setAsking] = useState(false);
  const title = mode.title || mode.policy;
  const may = kind !== undefined && mode.against === "";
  const choose = (to: ModeName) => {
    setAsking(to === "auto");
    if (to !== "auto" && to !== mode.mode) edit.set(mode, to);
  };
  return (
    <div className={classes.mode}>
      <div>
        <p className={settings.name}>{title}</p>
        <p className={settings.small}>{kind?.title ?? "Several kinds of action"}</p>
      </div>
      <NativeSelect
        size="xs"
        aria-label={`What ${title} may do`}
        data={choices}
        value={asking && may ? "auto" : mode.mode}
        onChange={(event) => choose(event.currentTarget.value as ModeName)}
      />
      <div>
        <Since mode={mode} />
        {mode.why !== "" && (
          <p className={classes.back}>
            <span aria-hidden="true">↩ </span>Taken back to proposing: {mode.why}
          </p>
        )}
        {mode.mode === "auto" ? (
          <>
            <TouchLine mode={mode} />
            <BandLine mode={mode} />
            <Button variant="transparent" size="compact-xs" px={0} onClick={() => setAsking(true)}>
              Change the band<span className="visually-hidden"> of {title}</span>
            </Button>
          </>
        ) : (
          <Against mode={mode} kind={kind} asking={asking} />
        )}
      </div>
      {asking && kind && may && (
        <AutoForm
          mode={mode}
          kind={kind}
          busy={edit.busy}
          onLet={(consent, band) => edit.let(mode, consent, band, () => setAsking(false))}
          onLeave={() => setAsking(false)}
        />
      )}
    </div>
  );
}

function Since({ mode }: { mode: Mode }) {
  return (
    <p className={settings.small}>
      {mode.since === "" ? (
        "As it came"
      ) : (
        <>
          Since <Day value={mode.since} />
        </>
      )}
      {mode.looked > 0 && ` · ${mode.looked} looked at, ${mode.wrong} wrong`}
    </p>
  );
}

function Against({ mode, kind, asking }: { mode: Mode; kind: Kind | undefined; asking: boolean }) {
  const why = kind ? mode.against : "Its cases lead to several kinds of action.";
  if (why === "") return <p className={settings.small}>It may act by itself once you agree.</p>;
  return (
    <p className={asking ? classes.refused : settings.small} role={asking ? "alert" : undefined}>
      {asking ? "Not yet: " : "To act by itself: "}
      {why}
    </p>
  );
}

/** On how much it acts. A band of before there were lists names nothing, so that it acts on nothing. */
function TouchLine({ mode: { band, noun } }: { mode: Mode }) {
  if (band.only.length > 0) {
    return <p className={settings.small}>May act by itself on {countText(band.only.length, noun)}</p>;
  }
  return (
    <p className={classes.back}>
      <span aria-hidden="true">⊘ </span>It names nothing that it may touch by itself, so it asks you about everything.
      Change the band to name what it may touch.
    </p>
  );
}

function BandLine({ mode: { band } }: { mode: Mode }) {
  const money = figureText(band.minor, { name: `:${band.currency}` });
  return (
    <p className={settings.small}>
      At most {band.per_day} a day
      {band.units_max > 0 && `, ${band.units_max} units each`}
      {band.minor > 0 && (
        <>
          , <Money amount={{ minor: band.minor, currency: band.currency, text: `${money} ${band.currency}` }} /> each
        </>
      )}
    </p>
  );
}
