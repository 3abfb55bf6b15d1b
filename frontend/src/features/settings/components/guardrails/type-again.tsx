import { Button, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import classes from "./guardrails.module.css";

type Props = {
  /** What was typed the first time. */
  text: string;
  words: string;
  /** Whether what is typed now is the same. */
  matches: (typed: string) => boolean;
  onDone: () => void;
  onLeave: () => void;
};

/** Allowing more than before takes the same figure a second time; it cannot be pasted by pressing a button. */
export function TypeAgain({ text, words, matches, onDone, onLeave }: Props) {
  const [typed, setTyped] = useState("");
  const [error, setError] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const done = () => {
    if (matches(typed)) onDone();
    else setError(typed.trim() === "" ? `Type ${text}.` : "That is another figure.");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") done();
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  };
  return (
    <div className={classes.again}>
      <TextInput
        ref={field}
        label={`This allows more: type ${text} once more`}
        aria-description={words}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setError("");
        }}
        onKeyDown={onKeyDown}
        error={error === "" ? undefined : error}
        inputMode="decimal"
      />
      <div className={classes.answers}>
        <Button size="compact-sm" onClick={done}>
          Allow {text}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onLeave}>
          Leave it
        </Button>
      </div>
    </div>
  );
}
