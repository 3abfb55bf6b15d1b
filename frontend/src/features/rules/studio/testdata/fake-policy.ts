/** Policies of the fake bridge as text and as the builder has them. */
import type {
  CaseModel,
  ClauseModel,
  ConditionModel,
  PolicyModel,
  Problem,
  ThresholdModel,
} from "../../api/studio-types";
import { rowsOf, written } from "../logic/condition";
import { newCase } from "../logic/policy";
import { celText, parseCel, sideOf } from "./fake-cel";
import { lineOf, parseText } from "./fake-text";
import { factNames } from "./fake-words";

type Fields = { [key: string]: unknown };

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);
const maps = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);
const number = (value: unknown): number => (text(value) === "" ? 0 : Number(value));

function condition(value: unknown): ConditionModel {
  const cel = text(value);
  const fault = celFault(cel);
  return { text: cel, tree: cel === "" || fault !== "" ? null : parseCel(cel) };
}

/** "" when the fake can read it. */
function celFault(cel: string): string {
  if ((cel.match(/\(/g) ?? []).length !== (cel.match(/\)/g) ?? []).length) return "a bracket is not closed";
  return /(&&|\|\||[<>=])\s*$/.test(cel) ? "something is missing at the end" : "";
}

export function policyOf(yaml: string): PolicyModel {
  const all = parseText(yaml);
  return {
    name: text(all.name),
    title: text(all.title),
    version: number(all.version),
    subject: text(all.subject),
    topic: text(all.topic),
    off: text(all.off) === "true",
    stage: text(all.stage),
    priority: number(all.priority),
    description: text(all.description),
    source: text(all.source),
    date: text(all.date),
    scope: condition(all.scope),
    accepts: texts(all.accepts),
    accepts_stale: texts(all.accepts_stale),
    min_age: number(all.min_age),
    unknown: text(all.unknown),
    thresholds: maps(all.thresholds).map(thresholdOf),
    clauses: maps(all.clauses).map(clauseOf),
    cases: maps(all.cases).map(caseOf),
    otherwise: text(all.otherwise),
  };
}

const thresholdOf = (one: Fields): ThresholdModel => ({
  name: text(one.name),
  title: text(one.title),
  value: text(one.value) === "" ? null : Number(one.value),
  from: text(one.from),
  unit: text(one.unit),
  meaning: text(one.meaning),
  min: number(one.min),
  max: number(one.max),
  source: text(one.source),
  date: text(one.date),
});

const clauseOf = (one: Fields): ClauseModel => ({
  name: text(one.name),
  title: text(one.title),
  when: condition(one.when),
  words: text(one.words),
});

function caseOf(one: Fields): CaseModel {
  const stake = (one.at_stake ?? {}) as Fields;
  const action = (one.action ?? {}) as Fields;
  return {
    ...newCase([], false),
    name: text(one.name),
    when: condition(one.when),
    hold: number(one.hold),
    keep: text(one.keep),
    cooldown: number(one.cooldown),
    severity: text(one.severity),
    effects: texts(one.effects),
    blocks: texts(one.blocks),
    title: text(one.title),
    sentence: text(one.sentence),
    do: text(one.do),
    if_you_wait: text(one.if_you_wait),
    money: text(stake.money),
    per: text(stake.per),
    action_kind: text(action.kind),
    action_label: text(action.label),
    checklist: texts(action.checklist),
  };
}

/** The text of a policy. Comments before the first key stay. */
export function textOf(policy: PolicyModel, before: string): string {
  const comments = before.split("\n").filter((line) => line.startsWith("#"));
  const lines = [...comments];
  const put = (indent: string, key: string, value: string | number | readonly string[]) => {
    if (value === "" || value === 0 || (Array.isArray(value) && value.length === 0)) return;
    const plain = typeof value === "string" && !/^[A-Za-z_][\w .,%()&|<>=!+'-]*$/.test(value);
    lines.push(
      `${indent}${key}: ${Array.isArray(value) ? `[${value.join(", ")}]` : plain ? JSON.stringify(value) : value}`,
    );
  };
  put("", "name", policy.name);
  put("", "title", policy.title);
  put("", "version", policy.version);
  put("", "subject", policy.subject);
  put("", "stage", policy.stage);
  put("", "topic", policy.topic);
  put("", "description", policy.description);
  put("", "source", policy.source);
  put("", "date", policy.date);
  put("", "scope", writtenText(policy.scope));
  if (policy.thresholds.length > 0) lines.push("thresholds:");
  for (const one of policy.thresholds) {
    lines.push(`  - name: ${one.name}`);
    put("    ", "title", one.title);
    if (one.value !== null) lines.push(`    value: ${one.value}`);
    put("    ", "from", one.from);
    for (const key of ["unit", "meaning", "min", "max", "source", "date"] as const) put("    ", key, one[key]);
  }
  if (policy.clauses.length > 0) lines.push("clauses:");
  for (const one of policy.clauses) {
    lines.push(`  - name: ${one.name}`);
    put("    ", "title", one.title);
    put("    ", "when", writtenText(one.when));
    put("    ", "words", one.words);
  }
  lines.push("cases:");
  for (const one of policy.cases) caseLines(one, lines, put);
  put("", "otherwise", policy.otherwise);
  return `${lines.join("\n")}\n`;
}

type Put = (indent: string, key: string, value: string | number | readonly string[]) => void;

function caseLines(one: CaseModel, lines: string[], put: Put) {
  lines.push(`  - name: ${one.name}`);
  put("    ", "when", writtenText(one.when));
  for (const key of [
    "hold",
    "keep",
    "cooldown",
    "severity",
    "effects",
    "blocks",
    "title",
    "sentence",
    "do",
    "if_you_wait",
  ] as const) {
    put("    ", key, one[key]);
  }
  if (one.money !== "") {
    lines.push("    at_stake:");
    put("      ", "money", one.money);
    put("      ", "per", one.per);
  }
  lines.push("    action:");
  put("      ", "kind", one.action_kind);
  put("      ", "label", one.action_label);
  put("      ", "checklist", one.checklist);
}

const writtenText = ({ text: cel, tree }: ConditionModel) => (tree === null ? cel : celText(tree));

/** What Go would say is wrong: conditions and titles that are missing, names that no module declares. */
export function problemsOf(policy: PolicyModel, yaml: string): Problem[] {
  const out: Problem[] = [];
  const add = (where: string, field: string, line: number, message: string, from = 0, to = 0) =>
    out.push({ where, field, line, column: 1, from, to, message });
  if (policy.title === "") add("", "title", 2, "a title is needed");
  const known: Record<string, number> = { ...factNames };
  for (const one of policy.thresholds) {
    known[`threshold.${one.name}`] = 1;
    if (one.value !== null && (one.value < one.min || one.value > one.max)) {
      add(`threshold ${one.name}`, "value", lineOf(yaml, one.name, "value"), "its value lies outside its own bounds");
    }
  }
  for (const one of policy.cases) {
    const where = `case ${one.name}`;
    const line = lineOf(yaml, one.name, "when");
    if (one.when.text === "") add(where, "when", line, "a condition is needed");
    if (one.title === "") add(where, "title", line, "a title is needed");
    const fault = celFault(one.when.text);
    if (fault !== "") add(where, "when", line, fault, Math.max(0, one.when.text.length - 2), one.when.text.length);
    const sides = fault === "" ? leaves(one.when) : [];
    for (const side of sides.filter((cel) => cel !== "" && sideOf(cel, known) === undefined)) {
      const from = one.when.text.indexOf(side);
      add(where, "when", line, `undeclared reference to '${side}'`, from, from + side.length);
    }
  }
  return out;
}

function leaves(model: ConditionModel): string[] {
  const out: string[] = [];
  const visit = (row: ReturnType<typeof rowsOf>) => {
    if (row.kind === "compare") out.push(row.left, row.right);
    if (row.kind === "flag") out.push(row.left);
    for (const part of row.parts) visit(part);
  };
  const { tree } = written(rowsOf(model));
  if (tree) visit(tree);
  return out;
}
