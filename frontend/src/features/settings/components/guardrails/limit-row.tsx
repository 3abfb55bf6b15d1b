import { Button, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useDisplay } from "@/lib/display";
import { HiddenAmount } from "@/ui/money/money";
import type { Limit } from "../../api/guardrails";
import { currencyOf, figureText, loosens, parseFigure } from "../../logic/guardrails";
import settings from "../settings.module.css";
import classes from "./guardrails.module.css";
import { TypeAgain } from "./type-again";

type Props = { limit: Limit; kind: string; onSave: (value: number) => void; onReset: () => void };

/** One figure: stricter at once, looser when it was typed a second time, blank for nothing at all. */
export function LimitRow({ limit, kind, onSave, onReset }: Props) {
  const { hide_amounts } = useDisplay();
  const current = figureText(limit.value, limit);
  const [text, setText] = useState(current);
  const [error, setError] = useState("");
  /** A looser figure that waits for being typed again; 0 for none. */
  const [asked, setAsked] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  // Enter saves at once; leaving the field before the answer is there must not save the same once more.
  const sent = useRef<number | null>(null);
  const id = useId();
  useEffect(() => {
    setText(current);
    setError("");
    setAsked(0);
    sent.current = null;
  }, [current]);
  const leave = () => {
    setText(current);
    setError("");
    setAsked(0);
    field.current?.focus();
  };
  const save = () => {
    const parsed = parseFigure(text, limit);
    setError(parsed.ok ? "" : parsed.error);
    if (!parsed.ok) return;
    const looser = loosens(limit, parsed.value);
    setAsked(looser ? parsed.value : 0);
    if (parsed.value === limit.value) setText(current);
    else if (!looser && parsed.value !== sent.current) {
      sent.current = parsed.value;
      onSave(parsed.value);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") save();
    if (event.key === "Escape" && text !== current) {
      event.preventDefault();
      leave();
    }
  };
  const hidden = hide_amounts && currencyOf(limit) !== "";
  return (
    <div className={classes.limit}>
      <div>
        <label htmlFor={id} className={settings.name}>
          {sentence(limit.words)}
          <span className="visually-hidden">, {kind}</span>
        </label>
        <p className={settings.small}>
          {limit.source === ""
            ? "Nothing is shipped; you set it."
            : `Shipped with ${shownFigure(limit, hidden)}. Source: ${limit.source}`}
        </p>
      </div>
      <div>
        {hidden ? (
          <HiddenAmount />
        ) : (
          <TextInput
            id={id}
            ref={field}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAsked(0);
            }}
            onFocus={() => {
              sent.current = null;
            }}
            onBlur={save}
            onKeyDown={onKeyDown}
            error={error === "" ? undefined : error}
            placeholder="none"
            inputMode="decimal"
            classNames={{ input: settings.number }}
            w={120}
          />
        )}
        {asked > 0 && (
          <TypeAgain
            text={text.trim()}
            words={limit.words}
            matches={(typed) => {
              const parsed = parseFigure(typed, limit);
              return parsed.ok && parsed.value === asked;
            }}
            onDone={() => onSave(asked)}
            onLeave={leave}
          />
        )}
      </div>
      <Standing limit={limit} hidden={hidden} onReset={onReset} />
    </div>
  );
}

type StandingProps = { limit: Limit; hidden: boolean; onReset: () => void };

/** Whether anything of the kind is done at all, and the way back to what was shipped. */
function Standing({ limit, hidden, onReset }: StandingProps) {
  const changed = limit.value !== limit.shipped;
  return (
    <div className={settings.state}>
      {limit.value <= 0 && (
        <strong className={classes.nothing}>
          <span aria-hidden="true">⊘ </span>Nothing of this kind is done.
        </strong>
      )}
      {changed && limit.value > 0 && (
        <span className={settings.changed}>
          <span aria-hidden="true">◆ </span>changed
        </span>
      )}
      {changed && limit.shipped > 0 && (
        <Button variant="transparent" size="compact-xs" px={0} onClick={onReset}>
          Back to {shownFigure(limit, hidden)}, as shipped
          <span className="visually-hidden">, {limit.words}</span>
        </Button>
      )}
      {!changed && limit.value > 0 && <span className={settings.small}>as shipped</span>}
    </div>
  );
}

function shownFigure(limit: Limit, hidden: boolean): string {
  return hidden ? "•••" : figureText(limit.shipped, limit);
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
