import { useCallback } from "react";
import { ChoiceMenu } from "@/ui/dashboard/choice-menu";
import { FilterField } from "@/ui/filter-field/filter-field";
import {
  type JournalSearch,
  type Period,
  periods,
  periodTitles,
  type StateFilter,
  stateFilters,
  stateFilterTitles,
} from "../logic/search";
import classes from "./journal.module.css";

type Choice = { value: string; title: string };

type Props = {
  search: JournalSearch;
  kinds: readonly Choice[];
  rules: readonly Choice[];
  onChange: (change: JournalSearch) => void;
};

/** What is shown: which states, kinds, rules and days. */
export function JournalTools({ search, kinds, rules, onChange }: Props) {
  const { state, kind, rule, days = 90, q = "" } = search;
  const onWords = useCallback((words: string) => onChange({ q: words || undefined }), [onChange]);
  const states = stateFilters.map((value) => ({ value, title: stateFilterTitles[value] }));
  return (
    <div className={classes.tools}>
      <One
        label="State"
        all="Every state"
        choices={states}
        value={state}
        onChange={(next) => onChange({ state: next as StateFilter | undefined })}
      />
      <One label="Kind" all="Every kind" choices={kinds} value={kind} onChange={(next) => onChange({ kind: next })} />
      <One label="Rule" all="Every rule" choices={rules} value={rule} onChange={(next) => onChange({ rule: next })} />
      <ChoiceMenu
        label="Period"
        shown={periodTitles[days]}
        choices={periods.map((value) => ({ value: String(value), title: periodTitles[value] }))}
        value={String(days)}
        onChange={(next) => onChange({ days: next === "90" ? undefined : (Number(next) as Period) })}
        active={days !== 90}
      />
      <span className={classes.spring} />
      <FilterField label="Filter the journal" value={q} onChange={onWords} />
    </div>
  );
}

type OneProps = {
  label: string;
  /** What it says where nothing is filtered. */
  all: string;
  choices: readonly Choice[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

function One({ label, all, choices, value, onChange }: OneProps) {
  const chosen = choices.find((one) => one.value === value);
  return (
    <ChoiceMenu
      label={label}
      shown={value === undefined ? all : (chosen?.title ?? value)}
      choices={[{ value: "", title: all }, ...choices]}
      value={value ?? ""}
      onChange={(next) => onChange(next || undefined)}
      active={value !== undefined}
    />
  );
}
