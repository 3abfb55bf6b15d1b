import { Select } from "@mantine/core";
import { useMemo } from "react";
import type { Word } from "../../api/studio-types";
import { insertOf, wordOf } from "../logic/operand";
import classes from "./conditions.module.css";

type Props = {
  label: string;
  /** CEL of the chosen fact; "" for none. */
  value: string;
  words: readonly Word[];
  onChange: (cel: string) => void;
  /** Offered at the end of the list where a fact alone may not say it. */
  onFormula?: () => void;
};

const formulaChoice = "=";
const formulaWords = "Write a formula…";

/** A fact, found by any word of its name, title or meaning; the list tells what each means. */
export function FactSelect({ label, value, words, onChange, onFormula }: Props) {
  const byName = useMemo(() => new Map(words.map((word) => [word.name, word])), [words]);
  const writes = onFormula !== undefined;
  const data = useMemo(() => {
    const facts = words.map((word) => ({ value: word.name, label: word.title }));
    return writes ? [...facts, { value: formulaChoice, label: formulaWords }] : facts;
  }, [words, writes]);
  const chosen = wordOf(value, words);
  return (
    <Select
      aria-label={label}
      className={classes.fact}
      data={data}
      value={chosen?.name ?? null}
      placeholder="Choose a fact"
      searchable
      limit={80}
      maxDropdownHeight={320}
      nothingFoundMessage="No fact says that"
      comboboxProps={{ width: 380, position: "bottom-start", transitionProps: { duration: 0 } }}
      filter={({ options, search, limit }) => {
        const asked = search.toLowerCase().split(/\s+/).filter(Boolean);
        const fits = (name: string) => {
          if (name === formulaChoice) return true;
          const word = byName.get(name);
          const text = word ? `${word.name} ${word.title} ${word.meaning} ${word.about}`.toLowerCase() : "";
          return asked.every((part) => text.includes(part));
        };
        // The title of the chosen one stands in the field; opening must not hide all the others.
        const all = chosen !== undefined && search === chosen.title;
        const found = all ? options : options.filter((option) => "value" in option && fits(String(option.value)));
        return found.length > limit ? [...found.slice(0, limit - 1), ...found.slice(-1)] : found;
      }}
      renderOption={({ option }) =>
        option.value === formulaChoice ? formulaWords : <Option word={byName.get(String(option.value))} />
      }
      onChange={(name) => {
        if (name === formulaChoice) return onFormula?.();
        const word = name === null ? undefined : byName.get(name);
        if (word) onChange(insertOf(word));
      }}
    />
  );
}

function Option({ word }: { word: Word | undefined }) {
  if (!word) return null;
  return (
    <span className={classes.option}>
      <span>
        {word.title}
        {word.unit !== "" && <small> {word.unit}</small>}
        {word.many && <small> of several</small>}
      </span>
      <small>{word.meaning}</small>
      <code>{word.name}</code>
    </span>
  );
}
