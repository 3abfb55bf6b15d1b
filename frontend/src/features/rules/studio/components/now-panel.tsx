import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useCovered } from "@/lib/amounts";
import { toCallError } from "@/lib/call";
import { useDisplay } from "@/lib/display";
import { formatDay, formatNumber, formatPercent } from "@/lib/format";
import { RefreshingBar } from "@/ui/state-card/loading-rows";
import type { Match, Preview } from "../../api/studio-types";
import { SubjectPicker } from "../../trace/subject-picker";
import { FactValue } from "./fact-line";
import classes from "./side.module.css";
import { useStudio } from "./studio-context";

type Props = {
  /** The last answer; it stays while a new one is made. */
  preview: Preview | undefined;
  /** It is of an older state of the draft. */
  old: boolean;
  error: unknown;
  subject: string;
  onSubject: (subject: string) => void;
};

/** What the draft would do now: matches, near misses, and what cannot be told. */
export function NowPanel({ preview: given, old, error, subject, onSubject }: Props) {
  const preview = useCovered(given);
  const { locale, now } = useDisplay();
  const faulty = useStudio().problems.length > 0;
  if (!preview) {
    const wait = faulty ? "What matches is shown once nothing is left to mend." : "Looking at what matches…";
    return (
      <p className={classes.empty} role="status">
        {error ? toCallError(error).message : wait}
      </p>
    );
  }
  const number = (value: number) => formatNumber(value, locale);
  return (
    <div aria-busy={old}>
      <RefreshingBar active={old} />
      <ExamplePicker preview={preview} subject={subject} onSubject={onSubject} />
      <div className={classes.buttons}>
        <SubjectPicker label="Another example" placeholder="Another one, by name" onPick={onSubject} />
      </div>
      {Boolean(error) && <p className={classes.error}>{toCallError(error).message}</p>}
      <ul className={classes.counts} aria-label="Counts">
        <Count value={number(preview.matched)} word="match now" />
        <Count value={number(preview.near)} word="nearly" />
        <Count value={number(preview.waiting)} word="waiting" />
        <Count value={number(preview.held)} word="held back" />
        <Count value={number(preview.cant_tell)} word="can't tell" />
        {preview.excepted > 0 && <Count value={number(preview.excepted)} word="excepted" />}
      </ul>
      <p className={classes.small}>
        of {number(preview.subjects)} looked at, on data to {formatDay(preview.as_of, locale, now)}
      </p>
      <h3 className={classes.heading}>Matches now</h3>
      {preview.matches.length === 0 && <p className={classes.empty}>Nothing matches now.</p>}
      <MatchList matches={preview.matches} subject={subject} onSubject={onSubject} />
      {preview.matched > preview.matches.length && (
        <p className={classes.small}>and {number(preview.matched - preview.matches.length)} more</p>
      )}
      <h3 className={classes.heading}>Near misses</h3>
      {preview.near_misses.length === 0 && <p className={classes.empty}>Nothing comes within a tenth.</p>}
      <MatchList matches={preview.near_misses} subject={subject} onSubject={onSubject} near />
      <ReadFacts preview={preview} />
    </div>
  );
}

function Count({ value, word }: { value: string; word: string }) {
  return (
    <li>
      <strong>{value}</strong> <span>{word}</span>
    </li>
  );
}

type PickerProps = { preview: Preview; subject: string; onSubject: (subject: string) => void };

/** Whose figures the conditions show. */
function ExamplePicker({ preview, subject, onSubject }: PickerProps) {
  const data = useMemo(() => {
    const known = new Map<string, string>();
    const { live } = preview;
    if (live) known.set(live.subject, live.label);
    for (const one of [...preview.matches, ...preview.near_misses]) known.set(one.subject, one.label);
    if (subject !== "" && !known.has(subject)) known.set(subject, subject);
    return [...known].map(([value, label]) => ({ value, label }));
  }, [preview, subject]);
  return (
    <Select
      label="Example"
      description={preview.live?.summary || "whose figures the conditions show"}
      data={data}
      value={preview.live?.subject ?? (subject === "" ? null : subject)}
      placeholder="Choose a subject"
      searchable
      allowDeselect={false}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      onChange={(next) => next !== null && onSubject(next)}
    />
  );
}

type ListProps = { matches: readonly Match[]; subject: string; near?: boolean; onSubject: (subject: string) => void };

function MatchList({ matches, subject, near = false, onSubject }: ListProps) {
  const { locale } = useDisplay();
  if (matches.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={near ? "Near misses" : "Matches now"}>
      {matches.map((match) => (
        <li key={`${match.subject}/${match.case}`}>
          <div className={classes.line}>
            <button
              type="button"
              className={classes.pick}
              aria-pressed={match.subject === subject}
              onClick={() => onSubject(match.subject)}
            >
              {match.label}
            </button>
            <span className={classes.amount}>
              {near ? `${formatPercent(match.distance * 100, locale, 0)} away` : match.at_stake || "—"}
            </span>
          </div>
          {near ? (
            match.lacks.map((lack) => (
              <span key={lack} className={classes.small}>
                {lack}
              </span>
            ))
          ) : (
            <>
              <span className={classes.small}>
                {match.title}
                {!match.existing && " · new with this draft"}
              </span>
              {match.values.length > 0 && (
                <span className={classes.small}>
                  {match.values.map((why) => `${why.text} ${why.value}`.trim()).join(" · ")}
                </span>
              )}
            </>
          )}
          {match.held_by.length > 0 && <span className={classes.held}>⊘ held back by {match.held_by.join(", ")}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Every fact and figure that the draft reads, of the example subject. */
function ReadFacts({ preview }: { preview: Preview }) {
  const facts = preview.live?.facts ?? [];
  if (facts.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>What it reads of {preview.live?.label}</h3>
      <ul className={classes.list}>
        {facts.map((one) => (
          <FactValue key={one.name} one={one} />
        ))}
      </ul>
    </>
  );
}
