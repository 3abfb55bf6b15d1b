import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Band, Kind, Mode } from "../../api/guardrails";
import { currencyOf, figureText, parseFigure } from "../../logic/guardrails";
import settings from "../settings.module.css";
import classes from "./guardrails.module.css";
import { TouchList } from "./touch-list";

type Props = {
  mode: Mode;
  kind: Kind;
  busy: boolean;
  onLet: (consent: string, band: Band) => void;
  onLeave: () => void;
};

/** The band within which a rule acts by itself, and the seller's consent in words. */
export function AutoForm({ mode, kind, busy, onLet, onLeave }: Props) {
  const [perDay, setPerDay] = useState(figureText(mode.band.per_day, { name: "" }));
  const [units, setUnits] = useState(figureText(mode.band.units_max, { name: "" }));
  const currencies = [...new Set(kind.limits.map(currencyOf).filter((currency) => currency !== ""))];
  const [currency, setCurrency] = useState(mode.band.currency || (currencies[0] ?? ""));
  const [money, setMoney] = useState(figureText(mode.band.minor, { name: `:${mode.band.currency}` }));
  const [only, setOnly] = useState<readonly string[]>(mode.band.only);
  const [consent, setConsent] = useState("");
  const [error, setError] = useState("");
  const hasUnits = kind.limits.some(({ name }) => name === "units_max");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const band = bandOf({ perDay, units, money, currency: currencies.length > 0 ? currency : "", only });
    if (typeof band === "string") setError(band);
    else if (consent !== mode.consent) setError(`Type exactly: ${mode.consent}`);
    else {
      setError("");
      onLet(consent, band);
    }
  };
  return (
    <form className={classes.auto} aria-label={`Let ${mode.title || mode.policy} act by itself`} onSubmit={submit}>
      <p className={settings.small}>
        It does {kind.title.toLowerCase()} without asking, within this band, on what you name, and within the limits
        above. One that is wrong takes it back to proposing.
      </p>
      <div className={classes.band}>
        <TextInput
          label="Actions a day, at most"
          inputMode="numeric"
          value={perDay}
          onChange={(event) => setPerDay(event.currentTarget.value)}
        />
        {hasUnits && (
          <TextInput
            label="Units of one, at most"
            inputMode="numeric"
            value={units}
            onChange={(event) => setUnits(event.currentTarget.value)}
          />
        )}
        {currencies.length > 0 && (
          <>
            <TextInput
              label="Money of one, at most"
              inputMode="decimal"
              value={money}
              onChange={(event) => setMoney(event.currentTarget.value)}
            />
            <NativeSelect
              label="Currency"
              data={currencies}
              value={currency}
              onChange={(event) => setCurrency(event.currentTarget.value)}
            />
          </>
        )}
      </div>
      <TouchList policy={mode.policy} noun={mode.noun} stored={mode.band.only} chosen={only} onChange={setOnly} />
      <TextInput
        label={`Your consent: type “${mode.consent}”`}
        autoComplete="off"
        spellCheck={false}
        value={consent}
        onChange={(event) => setConsent(event.currentTarget.value)}
      />
      {error !== "" && (
        <p role="alert" className={settings.problem}>
          {error}
        </p>
      )}
      <div className={classes.answers}>
        <Button type="submit" loading={busy}>
          Let it act by itself
        </Button>
        <Button variant="default" onClick={onLeave}>
          Leave it
        </Button>
      </div>
    </form>
  );
}

type Typed = { perDay: string; units: string; money: string; currency: string; only: readonly string[] };

/** The band as it is sent, or what is wrong with it. Blank units or money are none, which allows none. */
function bandOf({ perDay, units, money, currency, only }: Typed): Band | string {
  const [days, most, amount] = [
    parseFigure(perDay, { name: "" }),
    parseFigure(units, { name: "" }),
    parseFigure(money, { name: `:${currency}` }),
  ];
  if (!days.ok || days.value === 0 || !Number.isInteger(days.value)) return "Give a whole number of actions a day.";
  if (!most.ok || !Number.isInteger(most.value)) return "Give a whole number of units.";
  if (!amount.ok) return "Give the money as a number above 0.";
  if (only.length === 0) return "Name what it may touch by itself. What is not named waits for you.";
  return {
    per_day: days.value,
    units_max: most.value,
    minor: amount.value,
    currency: amount.value > 0 ? currency : "",
    only: [...only],
  };
}
