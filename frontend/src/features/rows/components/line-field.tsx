import { NumberInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import classes from "./rows.module.css";

type Props = { line: number; onGo: (line: number) => void };

/** Which line of the file is shown; another one with Enter. */
export function LineField({ line, onGo }: Props) {
  const [wanted, setWanted] = useState<string | number>(line);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const to = Number(wanted);
    if (Number.isInteger(to) && to > 0 && to !== line) onGo(to);
  };
  return (
    <form className={classes.goTo} onSubmit={submit}>
      <NumberInput
        aria-label="Line of the file"
        leftSection="Line"
        leftSectionWidth={44}
        value={wanted}
        onChange={setWanted}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        selectAllOnFocus
        w={112}
      />
    </form>
  );
}
