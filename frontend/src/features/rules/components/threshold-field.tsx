import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { useThreshold } from "../api/mutations";
import type { Threshold } from "../api/types";
import { parseFigure, problemOf } from "../logic/figure";
import classes from "./rules.module.css";

/** A figure of a policy: what it means, its value, and the way back to its default. */
export function ThresholdField({ policy, threshold }: { policy: string; threshold: Threshold }) {
  const shown = threshold.value === null ? "" : String(threshold.value);
  const [text, setText] = useState(shown);
  const { set, reset } = useThreshold();
  const announce = useAnnounce();
  const changed = text.trim() !== shown;
  const problem = changed && text.trim() !== "" ? problemOf(text, threshold) : "";
  const failed = set.error ?? reset.error;
  const save = (event: FormEvent) => {
    event.preventDefault();
    const figure = parseFigure(text);
    if (!changed || problem !== "" || figure === null) return;
    set.mutate(
      { policy, name: threshold.name, value: String(figure) },
      { onSuccess: (now) => announce(`${threshold.title} is now ${now.text}. Everything was judged anew.`) },
    );
  };
  const restore = () =>
    reset.mutate(
      { policy, name: threshold.name },
      {
        onSuccess: (now) => {
          setText(now.value === null ? "" : String(now.value));
          announce(`${threshold.title} is ${now.text} again.`);
        },
      },
    );
  return (
    <form className={classes.threshold} onSubmit={save}>
      <TextInput
        label={threshold.title}
        description={threshold.meaning}
        value={text}
        placeholder={threshold.from === "" ? undefined : `from ${threshold.from}`}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problem !== "" ? problem : failed ? toCallError(failed).message : undefined}
        rightSection={<span className={classes.unit}>{threshold.unit}</span>}
        rightSectionWidth={Math.max(28, threshold.unit.length * 8 + 12)}
        inputMode="decimal"
      />
      <div className={classes.buttons}>
        {changed && (
          <Button type="submit" disabled={problem !== "" || text.trim() === ""} loading={set.isPending}>
            Save
          </Button>
        )}
        {threshold.changed && (
          <Button variant="default" onClick={restore} loading={reset.isPending}>
            Back to {threshold.default === null ? "the fact" : threshold.default}
          </Button>
        )}
        {threshold.source !== "" && <small className={classes.source}>{threshold.source}</small>}
      </div>
    </form>
  );
}
