import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useMemo, useState } from "react";
import { subjectsQuery } from "./queries";
import { subjectOfLink } from "./search";

type Props = {
  /** "Why not…", "Subject". */
  label: string;
  placeholder: string;
  onPick: (subject: string) => void;
  autoFocus?: boolean;
};

/** Finds a subject by words of its name; what is typed whole, "US/SKU-104", is taken too. */
export function SubjectPicker({ label, placeholder, onPick, autoFocus }: Props) {
  const [text, setText] = useState("");
  const [words] = useDebouncedValue(text.trim(), 120);
  const { data } = useQuery(subjectsQuery(words));
  const found = useMemo(() => namesOf(data ?? []), [data]);
  const pick = (name: string) => {
    const subject = found.get(name) ?? name.trim();
    if (subject === "") return;
    setText("");
    onPick(subject);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // With an option marked, Enter chooses that one: the list does so itself.
    if (event.key !== "Enter" || event.currentTarget.getAttribute("aria-activedescendant")) return;
    event.preventDefault();
    const [best] = found.values();
    // A whole id is meant as it stands; words mean the best that was found for them.
    pick(text.includes("/") || words !== text.trim() || best === undefined ? text : best);
  };
  return (
    <Autocomplete
      aria-label={label}
      placeholder={placeholder}
      size="xs"
      w={240}
      value={text}
      onChange={setText}
      onOptionSubmit={pick}
      onKeyDown={onKeyDown}
      data={[...found.keys()]}
      filter={({ options }) => options}
      leftSection={<IconSearch size={14} stroke={1.6} aria-hidden="true" />}
      data-autofocus={autoFocus || undefined}
      autoFocus={autoFocus}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}

type Found = { title: string; detail: string; link: string };

/** Subjects by what they are called; of two with the same name the second is told by its subject. */
function namesOf(hits: readonly Found[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const hit of hits) {
    const subject = subjectOfLink(hit.link);
    if (subject === "") continue;
    const name = [hit.title, hit.detail].filter((part) => part !== "").join(", ");
    names.set(names.has(name) ? `${name} (${subject})` : name, subject);
  }
  return names;
}
