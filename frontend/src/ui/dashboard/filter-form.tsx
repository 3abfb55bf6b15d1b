import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { decimalOf, needsValue, opsOf, opWord } from "@/lib/dashboards/filters";
import type { Column, Filter } from "@/lib/dashboards/types";
import { columnHeading } from "@/lib/dashboards/wording";
import classes from "./filter-bar.module.css";

type Props = { columns: readonly Column[]; column: string; onFilter: (filter: Filter) => void };

/** A column, a comparison, a value: the rows that pass stay. */
export function FilterForm({ columns, column: first, onFilter }: Props) {
  const [name, setName] = useState(first);
  const [op, setOp] = useState("");
  const [text, setText] = useState("");
  const [refused, setRefused] = useState(false);
  const choices = columns.filter((column) => column.type !== "line");
  const column = choices.find((candidate) => candidate.name === name);
  const ops = column ? opsOf(column.type) : [];
  const chosen = ops.find((candidate) => candidate === op) ?? ops[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!column || !chosen) return;
    const value = writtenValue(column, chosen, text);
    setRefused(value === null);
    if (value !== null) onFilter({ column: column.name, op: chosen, value });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <NativeSelect
        label="Column"
        size="xs"
        data={[{ value: "", label: "Choose a column" }, ...grouped(choices)]}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus={first === "" ? true : undefined}
      />
      {column && (
        <NativeSelect
          label="Comparison"
          size="xs"
          data={ops.map((candidate) => ({ value: candidate, label: opWord(candidate) }))}
          value={chosen}
          onChange={(event) => setOp(event.currentTarget.value)}
        />
      )}
      {column && chosen && needsValue(chosen) && <ValueField column={column} text={text} onText={setText} />}
      {refused && (
        <p className={classes.error} role="alert">
          Type a number, such as 12.50.
        </p>
      )}
      <Button type="submit" disabled={!column}>
        Add this filter
      </Button>
    </form>
  );
}

type FieldProps = { column: Column; text: string; onText: (text: string) => void };

function ValueField({ column, text, onText }: FieldProps) {
  if (column.type === "flag") {
    return (
      <NativeSelect
        label="Value"
        size="xs"
        data={[
          { value: "true", label: "yes" },
          { value: "false", label: "no" },
        ]}
        value={text === "false" ? "false" : "true"}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    );
  }
  const unit = column.type === "money" ? "in whole currency, such as 12.50" : column.unit;
  return (
    <TextInput
      label={unit === "" ? "Value" : `Value, ${unit}`}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      inputMode={column.type === "text" ? "text" : "decimal"}
    />
  );
}

/** The value as Go compares it; null when a number is wanted and this is none. */
function writtenValue(column: Column, op: string, text: string): string | null {
  if (!needsValue(op)) return "";
  if (column.type === "flag") return text === "false" ? "false" : "true";
  return column.type === "text" ? text.trim() : decimalOf(text);
}

function grouped(columns: readonly Column[]) {
  const parts = [...new Set(columns.map((column) => column.part))];
  return parts.map((part) => ({
    group: part === "" ? "Others" : part,
    items: columns
      .filter((column) => column.part === part)
      .map((column) => ({ value: column.name, label: columnHeading(column) })),
  }));
}
