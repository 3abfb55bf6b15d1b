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
};

/** A fact, found by any word of its name, title or meaning; the list tells what each means. */
export function FactSelect({ label, value, words, onChange }: Props) {
  const byName = useMemo(() => new Map(words.map((word) => [word.name, word])), [words]);
  const data = useMemo(() => words.map((word) => ({ value: word.name, label: word.title })), [words]);
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
          const word = byName.get(name);
          const text = word ? `${word.name} ${word.title} ${word.meaning} ${word.about}`.toLowerCase() : "";
          return asked.every((part) => text.includes(part));
        };
        // The title of the chosen one stands in the field; opening must not hide all the others.
        if (chosen && search === chosen.title) return options.slice(0, limit);
        return options.filter((option) => "value" in option && fits(String(option.value))).slice(0, limit);
      }}
      renderOption={({ option }) => <Option word={byName.get(String(option.value))} />}
      onChange={(name) => {
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
