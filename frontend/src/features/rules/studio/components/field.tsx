import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { errorAt, type Place, placeKey } from "../logic/problems";
import { useStudio } from "./studio-context";

type Shared = {
  place: Place;
  label: string;
  description?: ReactNode;
};

/** What a field needs so that its problem stands below it and can be found. */
function useField({ place, label, description }: Shared) {
  const { problems, readOnly } = useStudio();
  const error = errorAt(problems, place);
  return {
    label,
    description,
    error: error === "" ? undefined : error,
    disabled: readOnly,
    "data-place": placeKey(place.kind === "" ? "" : `${place.kind} ${place.name}`, place.field),
  };
}

type TextProps = Shared & {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  mono?: boolean;
  lines?: number;
};

/** A line of text, or several. */
export function TextField({ value, onChange, placeholder, mono = false, lines = 1, ...shared }: TextProps) {
  const field = useField(shared);
  const styles = mono ? { input: { fontFamily: "var(--mantine-font-family-monospace)" } } : undefined;
  if (lines > 1) {
    return (
      <Textarea
        {...field}
        value={value}
        placeholder={placeholder}
        autosize
        minRows={lines}
        styles={styles}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...field}
      value={value}
      placeholder={placeholder}
      styles={styles}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type ChoiceProps = Shared & {
  value: string;
  onChange: (value: string) => void;
  data: { value: string; label: string }[];
};

/** One of a few. */
export function ChoiceField({ value, onChange, data, ...shared }: ChoiceProps) {
  const field = useField(shared);
  const known = data.some((one) => one.value === value) ? data : [...data, { value, label: value }];
  return (
    <Select
      {...field}
      data={known}
      value={value}
      allowDeselect={false}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}

type DaysProps = Shared & { value: number; onChange: (value: number) => void; max: number; unit?: string };

/** A number of days; empty is 0. */
export function DaysField({ value, onChange, max, unit = "days", ...shared }: DaysProps) {
  const field = useField(shared);
  return (
    <NumberInput
      {...field}
      value={value}
      min={0}
      max={max}
      suffix={` ${unit}`}
      allowDecimal={false}
      onChange={(next) => onChange(typeof next === "number" ? next : 0)}
    />
  );
}
