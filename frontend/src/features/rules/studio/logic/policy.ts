import type { CaseModel, Condition, ConditionModel, PolicyModel, ThresholdModel } from "../../api/studio-types";
import { rowsOf, written } from "./condition";

type ConditionChange = (condition: ConditionModel) => ConditionModel;

function withConditions(policy: PolicyModel, change: ConditionChange): PolicyModel {
  return {
    ...policy,
    scope: change(policy.scope),
    clauses: policy.clauses.map((clause) => ({ ...clause, when: change(clause.when) })),
    cases: policy.cases.map((one) => ({ ...one, when: change(one.when) })),
  };
}

/** A policy for the builder: every condition in rows. */
export function opened(policy: PolicyModel): PolicyModel {
  return withConditions(policy, (condition) => ({ text: condition.text, tree: rowsOf(condition) }));
}

/** A policy to be written: conditions without their unfinished rows. */
export function toWrite(policy: PolicyModel): PolicyModel {
  return withConditions(policy, ({ text, tree }) => (tree === null ? { text, tree } : written(tree)));
}

/**
 * What Go made of a policy that was written, with the rows as the person left them: an unfinished
 * row or a group of one stays. A condition that was given as text takes the rows that Go found in it.
 */
export function merged(kept: PolicyModel, answer: PolicyModel): PolicyModel {
  const mine = conditionsOf(kept);
  let next = 0;
  return withConditions(asTyped(kept, answer), (condition) => {
    const tree = mine[next++]?.tree ?? rowsOf(condition);
    return { text: condition.text, tree };
  });
}

/** A text that Go only trimmed stays as it is being typed, or a pause after a word would eat the space behind it. */
function asTyped<Value>(mine: Value, answer: Value): Value {
  if (typeof mine === "string" && typeof answer === "string") return mine.trim() === answer.trim() ? mine : answer;
  if (Array.isArray(mine) && Array.isArray(answer)) {
    if (mine.some((part) => typeof part === "string")) return sameLines(mine, answer) ? mine : answer;
    return answer.map((part, index) => (index < mine.length ? asTyped(mine[index], part) : part)) as Value;
  }
  if (!isObject(mine) || !isObject(answer)) return answer;
  const parts = Object.entries(answer).map(([name, part]) => [name, asTyped(mine[name], part)]);
  return Object.fromEntries(parts) as Value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether two lists of lines say the same; a line that is begun and still empty says nothing. */
function sameLines(mine: readonly string[], answer: readonly string[]): boolean {
  const said = (lines: readonly string[]) => lines.map((line) => line.trim()).filter((line) => line !== "");
  return said(mine).join("\n") === said(answer).join("\n");
}

function conditionsOf(policy: PolicyModel): ConditionModel[] {
  return [policy.scope, ...policy.clauses.map(({ when }) => when), ...policy.cases.map(({ when }) => when)];
}

/** A condition as it stands in the rows. */
export const byRows = (condition: ConditionModel, rows: Condition): ConditionModel => ({
  text: condition.text,
  tree: rows,
});

/** A condition as it was typed; its rows come from Go. */
export const byText = (text: string): ConditionModel => ({ text, tree: null });

/** A name that is not taken yet: "case_2". */
export function freeName(stem: string, taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number++) {
    const name = `${stem}_${number}`;
    if (!taken.includes(name)) return name;
  }
}

export function newCase(taken: readonly string[], guard: boolean): CaseModel {
  return {
    name: freeName("case", taken),
    when: { text: "", tree: rowsOf({ text: "", tree: null }) },
    needed: false,
    hold: 0,
    keep: "",
    cooldown: 0,
    severity: guard ? "" : "warning",
    critical_when: "",
    inhibited_by: [],
    effects: [],
    blocks: guard ? ["growth"] : [],
    group: "",
    title: "",
    sentence: "",
    do: "",
    if_you_wait: "",
    money: "",
    per: "",
    worse: "",
    due: "",
    due_fixed: false,
    action_kind: guard ? "" : "task",
    action_label: "",
    checklist: [],
    link: "",
    units: "",
    target: "",
  };
}

export function newThreshold(taken: readonly string[], day: string): ThresholdModel {
  return {
    name: freeName("figure", taken),
    title: "",
    value: 10,
    from: "",
    unit: "days",
    meaning: "",
    min: 0,
    max: 100,
    source: "My own figure",
    date: day,
  };
}

/** The text with which a policy is begun. */
export function newPolicyText(kind: string, day: string): string {
  return `name: my_rule
title: My rule
version: 1
subject: ${/^[a-z_]+$/.test(kind) ? kind : "sku"}
source: My own rule
date: "${day}"
cases:
  - name: case_1
    when: ""
    severity: warning
    title: "{subject.label} needs a look"
    action:
      kind: task
      label: Look into it
`;
}

/** The same policy under a name of its own; comments stay. */
export function copyText(yaml: string): string {
  return yaml
    .replace(/^name:\s*"?([A-Za-z0-9_-]+)"?.*$/m, "name: $1_copy")
    .replace(
      /^title:\s*(["']?)(.*?)\1\s*$/m,
      (_, quote: string, title: string) => `title: ${quote}${title}, copy${quote}`,
    );
}

/** Moves one of a list by one place; the same list where it cannot. */
export function withShifted<Item>(list: readonly Item[], index: number, by: -1 | 1): Item[] {
  const item = list[index];
  const to = index + by;
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(index, 1).toSpliced(to, 0, item);
}
