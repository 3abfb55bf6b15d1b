import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useDisplay } from "@/lib/display";
import { HiddenAmount } from "@/ui/money/money";
import classes from "./settings.module.css";

type Props = {
  label: string;
  /** Names the column, so that Enter finds the field below. */
  field: string;
  value: string;
  placeholder: string;
  check: (text: string) => string;
  onSave: (text: string) => void;
  money?: boolean;
};

/** A field in a table: Enter saves and goes down, up and down move, Esc brings the old value back. */
export function EditCell({ label, field, value, placeholder, check, onSave, money = false }: Props) {
  const { hide_amounts } = useDisplay();
  const [text, setText] = useState(value);
  const [error, setError] = useState("");
  // Enter saves and moves on; leaving the field then must not save the same once more.
  const sent = useRef(value);
  useEffect(() => {
    setText(value);
    setError("");
    sent.current = value;
  }, [value]);
  if (money && hide_amounts) return <HiddenAmount />;

  /** Saves when there is something to save; whether one may move on. */
  const save = (): boolean => {
    const problem = check(text);
    setError(problem);
    if (problem !== "") return false;
    if (text.trim() !== sent.current) {
      sent.current = text.trim();
      onSave(text);
    }
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // The table moves rows with these keys; here they belong to the field.
    event.stopPropagation();
    if (event.key === "Escape") {
      setText(value);
      setError("");
      event.currentTarget.select();
      return;
    }
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (save()) moveFocus(event.currentTarget, field, step);
  };
  return (
    <input
      className={classes.cell}
      aria-label={label}
      aria-invalid={error !== ""}
      title={error === "" ? undefined : error}
      data-field={field}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      placeholder={placeholder}
      onChange={(event) => setText(event.currentTarget.value)}
      onFocus={(event) => {
        sent.current = value;
        event.currentTarget.select();
      }}
      onBlur={save}
      onKeyDown={onKeyDown}
    />
  );
}

/** Puts the focus in the same column of the next or the previous row. */
function moveFocus(from: HTMLElement, field: string, step: number) {
  const row = from.closest("tr");
  const next = step > 0 ? row?.nextElementSibling : row?.previousElementSibling;
  next?.querySelector<HTMLInputElement>(`input[data-field="${field}"]`)?.focus();
}
