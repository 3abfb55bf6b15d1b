import type { Completion } from "@codemirror/autocomplete";
import { useMemo } from "react";
import { CodeEditor } from "@/ui/code-editor/code-editor";
import type { ConditionModel, Node, PolicyModel, Vocabulary } from "../../api/studio-types";
import { byText } from "../logic/policy";
import { type Place, placeKey, problemsAt } from "../logic/problems";
import { Dot } from "./dot";
import classes from "./studio.module.css";
import { useStudio } from "./studio-context";

/** Every condition as CEL, with names to complete and faults at their place. */
export function CelView() {
  const { policy, store, live, readOnly, vocabulary } = useStudio();
  const words = useMemo(() => completions(vocabulary, policy), [vocabulary, policy]);
  const shared = { words, readOnly };
  return (
    <section aria-label="Conditions as CEL">
      {readOnly && (
        <p className={classes.notice} role="status">
          The text has a fault, so this shows how it stood before. Mend the text under YAML, or take the last edit back.
        </p>
      )}
      <CelField
        {...shared}
        title="Only where"
        place={{ kind: "", name: "", field: "scope" }}
        condition={policy.scope}
        node={live?.scope}
        onChange={(scope) => store.edit((before) => ({ ...before, scope }), "cel:scope")}
      />
      {policy.clauses.map((clause, index) => (
        <CelField
          // biome-ignore lint/suspicious/noArrayIndexKey: the name can be edited elsewhere, its place is what stays.
          key={index}
          {...shared}
          title={`Named condition ${clause.title || clause.name}`}
          place={{ kind: "clause", name: clause.name, field: "when" }}
          condition={clause.when}
          node={live?.clauses.find(({ name }) => name === clause.name)?.node}
          onChange={(when) =>
            store.edit(
              (before) => ({
                ...before,
                clauses: before.clauses.map((each, at) => (at === index ? { ...each, when } : each)),
              }),
              `cel:clause:${index}`,
            )
          }
        />
      ))}
      {policy.cases.map((one, index) => (
        <CelField
          // biome-ignore lint/suspicious/noArrayIndexKey: the name can be edited elsewhere, its place is what stays.
          key={index}
          {...shared}
          title={`Case ${one.name}`}
          place={{ kind: "case", name: one.name, field: "when" }}
          condition={one.when}
          node={live?.cases.find(({ name }) => name === one.name)?.node}
          onChange={(when) =>
            store.edit(
              (before) => ({
                ...before,
                cases: before.cases.map((each, at) => (at === index ? { ...each, when } : each)),
              }),
              `cel:case:${index}`,
            )
          }
        />
      ))}
    </section>
  );
}

type FieldProps = {
  title: string;
  place: Place;
  condition: ConditionModel;
  node: Node | null | undefined;
  words: readonly Completion[];
  readOnly: boolean;
  onChange: (condition: ConditionModel) => void;
};

function CelField({ title, place, condition, node, words, readOnly, onChange }: FieldProps) {
  const { problems } = useStudio();
  const { kind, name, field } = place;
  const faults = useMemo(() => problemsAt(problems, { kind, name, field }), [problems, kind, name, field]);
  return (
    <div
      className={classes.celRow}
      data-place={placeKey(place.kind === "" ? "" : `${place.kind} ${place.name}`, place.field)}
    >
      <h3>
        {title}
        {node && <Dot result={node.result} near={node.near} />}
      </h3>
      <CodeEditor
        label={title}
        language="cel"
        value={condition.text}
        faults={faults}
        words={words}
        readOnly={readOnly}
        onChange={(text) => onChange(byText(text))}
      />
    </div>
  );
}

function completions(vocabulary: Vocabulary | undefined, policy: PolicyModel): Completion[] {
  const facts = (vocabulary?.facts ?? []).map((word) => ({
    label: word.name,
    detail: word.unit === "" ? word.title : `${word.title}, ${word.unit}`,
    info: word.meaning,
    apply: word.insert === "" ? word.name : word.insert,
    type: "variable",
  }));
  const functions = (vocabulary?.functions ?? []).map((word) => ({
    label: word.name,
    detail: word.title,
    info: word.meaning,
    apply: word.insert === "" ? word.name : word.insert,
    type: "function",
  }));
  const figures = policy.thresholds.map((one) => ({
    label: `threshold.${one.name}`,
    detail: one.title,
    info: one.meaning,
    type: "constant",
  }));
  const named = policy.clauses.map((one) => ({
    label: one.name,
    detail: one.title || "named condition",
    type: "property",
  }));
  return [...facts, ...figures, ...named, ...functions];
}
