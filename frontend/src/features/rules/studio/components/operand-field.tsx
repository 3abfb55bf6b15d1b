import { Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import {
  insertOf,
  numberCel,
  type OperandKind,
  operandKind,
  quoted,
  startOf,
  textOf,
  thresholdCel,
  thresholdOf,
  unitOf,
  wordOf,
} from "../logic/operand";
import classes from "./conditions.module.css";
import { FactSelect } from "./fact-select";
import { useStudio } from "./studio-context";

const kinds: { value: OperandKind; label: string }[] = [
  { value: "fact", label: "fact" },
  { value: "number", label: "number" },
  { value: "threshold", label: "figure" },
  { value: "text", label: "text" },
  { value: "flag", label: "yes or no" },
  { value: "formula", label: "formula" },
];

type Props = {
  /** "Left side of condition 2" */
  label: string;
  cel: string;
  /** CEL of the other side, for the unit of a number. */
  other?: string;
  /** What an empty side begins as. */
  first: OperandKind;
  only?: readonly OperandKind[];
  onChange: (cel: string) => void;
};

/** One side of a condition: what it is, and a field for that. A formula is kept as it is written. */
export function OperandField({ label, cel, other = "", first, only, onChange }: Props) {
  const { policy, vocabulary } = useStudio();
  const words = vocabulary?.facts ?? [];
  const read = cel.trim() === "" ? first : operandKind(cel, words);
  const [wanted, setWanted] = useState<OperandKind | null>(null);
  // A chosen kind lasts while the text could be of it: any text can be a formula, and an empty one anything.
  const kind = wanted === "formula" || (wanted !== null && cel.trim() === "") ? wanted : read;
  const choose = (next: OperandKind) => {
    setWanted(next);
    if (next !== "formula" && next !== kind) onChange(startOf(next, policy));
  };
  // A side that is a fact needs no word for it; what else it could be is the right side's business.
  const plain = only !== undefined && kind === "fact";
  const offered = kinds.filter(({ value }) => !only || only.includes(value) || value === kind);
  return (
    <span className={classes.operand}>
      {!plain && (
        <Select
          aria-label={`Kind of ${label.charAt(0).toLowerCase()}${label.slice(1)}`}
          className={classes.kind}
          data={offered.filter(({ value }) => value !== "threshold" || policy.thresholds.length > 0 || kind === value)}
          value={kind}
          allowDeselect={false}
          comboboxProps={{ width: 130, position: "bottom-start", transitionProps: { duration: 0 } }}
          onChange={(next) => {
            const found = kinds.find(({ value }) => value === next);
            if (found) choose(found.value);
          }}
        />
      )}
      <Side
        label={label}
        kind={kind}
        cel={cel}
        other={other}
        onChange={onChange}
        onFormula={plain ? () => choose("formula") : undefined}
      />
    </span>
  );
}

type SideProps = {
  label: string;
  kind: OperandKind;
  cel: string;
  other: string;
  onChange: (cel: string) => void;
  onFormula: (() => void) | undefined;
};

function Side({ label, kind, cel, other, onChange, onFormula }: SideProps) {
  const { policy, vocabulary } = useStudio();
  const facts = vocabulary?.facts ?? [];
  switch (kind) {
    case "fact": {
      const chosen = wordOf(cel, facts);
      return (
        <FactSelect
          label={label}
          value={chosen ? insertOf(chosen) : ""}
          words={facts}
          onChange={onChange}
          onFormula={onFormula}
        />
      );
    }
    case "number":
      return <NumberField label={label} cel={cel} unit={unitOf(other, vocabulary)} onChange={onChange} />;
    case "threshold":
      return (
        <Select
          aria-label={label}
          className={classes.fact}
          data={policy.thresholds.map((one) => ({
            value: one.name,
            label: `${one.title || one.name}${one.value === null ? "" : ` (${one.value} ${one.unit})`}`,
          }))}
          value={thresholdOf(cel)}
          allowDeselect={false}
          comboboxProps={{ width: 300, position: "bottom-start", transitionProps: { duration: 0 } }}
          onChange={(name) => name !== null && onChange(thresholdCel(name))}
        />
      );
    case "flag":
      return (
        <Select
          aria-label={label}
          className={classes.fact}
          data={[
            { value: "true", label: "yes" },
            { value: "false", label: "no" },
          ]}
          value={cel.trim()}
          allowDeselect={false}
          onChange={(next) => next !== null && onChange(next)}
        />
      );
    case "text":
      return (
        <TextInput
          aria-label={label}
          className={classes.fact}
          value={textOf(cel) ?? ""}
          onChange={(event) => onChange(quoted(event.currentTarget.value))}
        />
      );
    case "formula":
      return <FormulaField label={label} cel={cel} onChange={onChange} />;
  }
}

function NumberField({
  label,
  cel,
  unit,
  onChange,
}: {
  label: string;
  cel: string;
  unit: string;
  onChange: (cel: string) => void;
}) {
  const [typed, setTyped] = useState(cel);
  const shown = numberCel(typed) === numberCel(cel) || numberCel(typed) === null ? typed : cel;
  const wrong = numberCel(shown) === null;
  return (
    <TextInput
      aria-label={label}
      className={classes.number}
      value={shown}
      inputMode="decimal"
      error={wrong ? "Write a number" : undefined}
      rightSection={unit === "" ? undefined : <span className={classes.unit}>{unit}</span>}
      rightSectionWidth={Math.max(24, unit.length * 7 + 12)}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        const number = numberCel(next);
        if (number !== null) onChange(number);
      }}
    />
  );
}

/** An expression in CEL, as it is written. */
export function FormulaField({
  label,
  cel,
  onChange,
}: {
  label: string;
  cel: string;
  onChange: (cel: string) => void;
}) {
  return (
    <Textarea
      aria-label={label}
      className={classes.formula}
      value={cel}
      placeholder="double(inventory.lead_time_days) + 7.0"
      spellCheck={false}
      autosize
      minRows={1}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
