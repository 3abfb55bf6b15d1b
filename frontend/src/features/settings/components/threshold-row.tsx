import { Button, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Day } from "@/ui/day/day";
import type { Threshold } from "../api/types";
import { defaultText, fieldText, parseThreshold, rangeText, shownUnit, thresholdTitle } from "../logic/threshold";
import classes from "./settings.module.css";

type Props = { threshold: Threshold; onSave: (value: number) => void; onReset: () => void };

/** One threshold: what it means, its value to edit, its default and where that comes from. */
export function ThresholdRow({ threshold, onSave, onReset }: Props) {
  const current = fieldText(threshold);
  const [text, setText] = useState(current);
  const [error, setError] = useState("");
  const id = useId();
  // Enter saves at once; leaving the field before the answer is there must not save the same once more.
  const sent = useRef<string | null>(null);
  useEffect(() => {
    setText(current);
    setError("");
    sent.current = null;
  }, [current]);
  const save = () => {
    if (text.trim() === current || text.trim() === sent.current) {
      setError("");
      return;
    }
    if (text.trim() === "" && threshold.from !== "") {
      onReset();
      return;
    }
    const parsed = parseThreshold(text, threshold);
    if (!parsed.ok) {
      setError(parsed.error);
      return;
    }
    setError("");
    if (parsed.value === threshold.value) setText(current);
    else {
      sent.current = text.trim();
      onSave(parsed.value);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") save();
    if (event.key === "Escape" && text !== current) {
      event.preventDefault();
      setText(current);
      setError("");
    }
  };
  const range = rangeText(threshold);
  const unit = shownUnit(threshold);
  return (
    <div className={classes.threshold}>
      <div>
        <label htmlFor={id} className={classes.name}>
          {thresholdTitle(threshold)}
        </label>
        <p className={classes.meaning}>{threshold.meaning}</p>
        <p className={classes.small}>
          {threshold.source}
          {threshold.date !== "" && (
            <>
              , <Day value={threshold.date} />
            </>
          )}
          {range !== "" && ` · from ${range}`}
        </p>
      </div>
      <div className={classes.field}>
        <TextInput
          id={id}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onFocus={() => {
            sent.current = null;
          }}
          onBlur={save}
          onKeyDown={onKeyDown}
          error={error === "" ? undefined : error}
          placeholder={threshold.value === null ? "own" : undefined}
          inputMode="decimal"
          classNames={{ input: classes.number }}
          w={96}
        />
        <span className={classes.unit}>{unit}</span>
      </div>
      <div className={classes.state}>
        {threshold.changed ? (
          <>
            <span className={classes.changed}>
              <span aria-hidden="true">◆ </span>changed
            </span>
            <Button variant="transparent" size="compact-xs" px={0} onClick={onReset}>
              Reset to {defaultText(threshold)}
              <span className="visually-hidden">, {thresholdTitle(threshold)}</span>
            </Button>
          </>
        ) : (
          <span className={classes.small}>default{threshold.default === null && `: ${defaultText(threshold)}`}</span>
        )}
      </div>
    </div>
  );
}
