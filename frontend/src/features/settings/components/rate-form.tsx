import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import type { Rate } from "../api/types";
import { noRate, rateErrors, tidyRate } from "../logic/rates";
import classes from "./settings.module.css";

type Props = { busy: boolean; onStore: (rate: Rate, then: () => void) => void };

/** A new rate, or another one for a day that has one. */
export function RateForm({ busy, onStore }: Props) {
  const [typed, setTyped] = useState(noRate);
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const errors = tried ? rateErrors(typed) : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(rateErrors(typed)).length > 0) return;
    onStore(tidyRate(typed), () => {
      // Rates of one source come in a row: only what differs is asked again.
      setTyped({ ...typed, rate: "", from: "" });
      setTried(false);
      first.current?.focus();
    });
  };
  const field = (name: keyof Rate) => ({
    value: typed[name],
    error: errors[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <form className={classes.rateForm} onSubmit={submit} aria-label="A rate of exchange">
      <TextInput ref={first} label="One unit of" placeholder="EUR" maxLength={3} w={110} {...field("from")} />
      <TextInput label="is worth" placeholder="1.087" inputMode="decimal" w={130} {...field("rate")} />
      <TextInput label="in" placeholder="USD" maxLength={3} w={110} {...field("to")} />
      <TextInput label="from the day" type="date" w={160} {...field("day")} />
      <TextInput label="Source" placeholder="European Central Bank" w={220} {...field("source")} />
      <Button type="submit" loading={busy} className={classes.rateButton}>
        Store the rate
      </Button>
    </form>
  );
}
