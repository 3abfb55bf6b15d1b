import { Button, Checkbox, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { type Subjects, subjectsQuery } from "../../api/guardrails";
import { countText, matching, mostListed, type Offer, offersOf, withAll } from "../../logic/touch";
import settings from "../settings.module.css";
import classes from "./guardrails.module.css";

type Props = {
  policy: string;
  /** What the rule is about, one of them. */
  noun: string;
  /** What was agreed to before. */
  stored: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** On what a rule may act by itself: each one named. What comes later is never among them. */
export function TouchList(props: Props) {
  const { data, error, refetch } = useQuery(subjectsQuery(props.policy));
  if (error && !data)
    return <ErrorState effect="What it may touch could not be read." error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={4} label="Reading what it may touch" />;
  return <Choice {...props} subjects={data} />;
}

function Choice({ noun, stored, chosen, onChange, subjects }: Props & { subjects: Subjects }) {
  const [text, setText] = useState("");
  // What was chosen when the view was narrowed to it: one that is taken off stays in sight and can be put back.
  const [kept, setKept] = useState<ReadonlySet<string> | null>(null);
  const words = useDeferredValue(text);
  const on = useMemo(() => new Set(chosen), [chosen]);
  const offers = useMemo(() => offersOf(subjects, stored), [subjects, stored]);
  const found = useMemo(
    () => matching(kept ? offers.filter(({ id }) => kept.has(id)) : offers, words),
    [offers, words, kept],
  );
  const { proposed } = subjects;
  const all = [...proposed, ...subjects.known];
  const toggle = (id: string) => onChange(on.has(id) ? chosen.filter((one) => one !== id) : withAll(chosen, [{ id }]));
  return (
    <fieldset className={classes.touch}>
      <legend>What it may touch by itself</legend>
      <p className={settings.small}>
        Only what is ticked here. A new {noun || "subject"} is never added by itself: you are asked about it like about
        anything else.
      </p>
      <div className={classes.answers}>
        {proposed.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => onChange(withAll(chosen, proposed))}>
            Add {countText(proposed.length, noun)} it has proposed for
          </Button>
        )}
        {subjects.known.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => onChange(withAll(chosen, all))}>
            Add {countText(all.length, noun)} there are now
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => onChange([])}>
          Take all off
        </Button>
      </div>
      <TextInput
        label="Find by name"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault(); // finding is not agreeing
        }}
      />
      <Checkbox
        size="xs"
        label="Only what is ticked"
        checked={kept !== null}
        onChange={() => setKept(kept ? null : new Set(chosen))}
      />
      <Offers offers={found.slice(0, mostListed)} on={on} toggle={toggle} />
      <p role="status" className={settings.small}>
        {countText(chosen.length, noun)} ticked
        {found.length > mostListed &&
          `. ${mostListed} of ${found.length.toLocaleString("en")} are shown; type to find others`}
        {found.length === 0 && ". Nothing is called that"}.
      </p>
    </fieldset>
  );
}

type OffersProps = { offers: readonly Offer[]; on: ReadonlySet<string>; toggle: (id: string) => void };

function Offers({ offers, on, toggle }: OffersProps) {
  if (offers.length === 0) return null;
  return (
    <ul className={classes.subjects}>
      {offers.map(({ id, label, proposed, gone }) => (
        <li key={id}>
          <Checkbox
            size="xs"
            checked={on.has(id)}
            onChange={() => toggle(id)}
            label={
              <>
                {id}
                {label !== "" && <span className={settings.small}> {label}</span>}
                {proposed && <span className={settings.small}> · proposed for</span>}
                {gone && <span className={classes.gone}> · not there any more</span>}
              </>
            }
          />
        </li>
      ))}
    </ul>
  );
}
