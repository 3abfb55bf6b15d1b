import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useCommands } from "@/lib/command-context";
import { Kbd } from "../kbd/kbd";

const typingMs = 150;

type Props = {
  /** Names the field: "Filter SKUs". */
  label: string;
  placeholder?: string;
  /** The filter in force. */
  value: string;
  /** Told once typing rests. Give a memoised function. */
  onChange: (value: string) => void;
};

/** Filters the list of a page as one types; / goes there, Esc clears it and then leaves it. */
export function FilterField({ label, placeholder = "Filter", value, onChange }: Props) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const field = useRef<HTMLInputElement>(null);
  const commands = useMemo(
    () => [{ id: "list.filter", label, group: "List", keys: ["/", "mod+f"], run: () => field.current?.focus() }],
    [label],
  );
  useCommands(commands);
  useEffect(() => {
    // Only a filter that was changed elsewhere replaces what is being typed.
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    const next = text.trim();
    if (next === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = next;
      onChange(next);
    }, typingMs);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    if (text === "") {
      field.current?.blur();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    setText("");
  };
  return (
    <TextInput
      ref={field}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      leftSection={<IconSearch size={14} stroke={1.6} aria-hidden="true" />}
      rightSection={text === "" ? <Kbd keys="/" /> : undefined}
      w={210}
    />
  );
}
