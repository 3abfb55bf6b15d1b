/**
 * Stands in for rules.API in tests and while the page runs without the Go program: one policy that is kept, its
 * versions, exceptions and tests, and three SKUs that it is tried on.
 */
import type {
  Draft,
  Exception,
  Live,
  Match,
  NewException,
  PolicyModel,
  Preview,
  Problem,
  Sweep,
  Tests,
  Version,
} from "../../api/studio-types";
import { rowsOf, written } from "../logic/condition";
import { type Figures, judge } from "./fake-cel";
import { policyOf, problemsOf, textOf } from "./fake-policy";
import { FakeTextError } from "./fake-text";
import { vocabulary } from "./fake-words";

export const restockText = `# Lead time of the sea route; see the contract of 2026.
name: restock
title: Runs out before restock
version: 4
subject: sku
topic: inventory
source: House policy
date: "2026-11-25"
scope: sales.units_28d > 0
thresholds:
  - name: safety_days
    title: Safety days
    value: 7
    unit: days
    meaning: Days of cover to keep beyond the lead time.
    min: 0
    max: 60
    source: House rule
    date: "2026-11-25"
cases:
  - name: low
    when: inventory.cover_days < inventory.lead_time_days + threshold.safety_days && (inventory.on_hand > 0 || advertising.advertised)
    hold: 2
    cooldown: 7
    severity: warning
    effects: [stock.up]
    title: "{subject.label} sells out before stock can land"
    sentence: "{inventory.cover_days | days} of cover against a lead time of {inventory.lead_time_days | days}."
    do: Order stock.
    if_you_wait: Sales are lost from the day it is out.
    at_stake:
      money: inventory.lost_sales_day
      per: day
    action:
      kind: inventory.restock
      label: Approve the order
otherwise: Stock lasts long enough
`;

const skus: { subject: string; label: string; stake: string; figures: Figures }[] = [
  sku("US/SKU-104", "SKU-104 Steel flask 750 ml", "$412.00 a day", [19, 28, 212, true]),
  sku("US/SKU-087", "SKU-087 Lunch box", "$38.40 a day", [36.2, 28, 340, false]),
  sku("DE/SKU-311", "SKU-311 Filter, set of 3", "€12.00 a day", [null, 28, 40, true]),
];

function sku(
  subject: string,
  label: string,
  stake: string,
  [cover, lead, stock, advertised]: (number | boolean | null)[],
) {
  const figures: Figures = {
    "inventory.cover_days": cover ?? null,
    "inventory.lead_time_days": lead ?? null,
    "inventory.on_hand": stock ?? null,
    "inventory.lost_sales_day": 412,
    "sales.units_28d": 300,
    "sales.change_28d": -0.1,
    "advertising.advertised": advertised ?? null,
    "reviews.negative_share_low_90d": 0.02,
    "highest(campaigns.acos_28d)": 0.31,
  };
  return { subject, label, stake, figures };
}

type Input = Record<string, unknown>;

export function fakeStudio() {
  let yaml = restockText;
  let versions: Version[] = [
    version(4, "Two days in a row", restockText, true),
    version(3, "", restockText.replace("    hold: 2\n", "").replace("version: 4", "version: 3"), false),
  ];
  let exceptions: Exception[] = [];
  let tests = "policy: restock\ntests:\n  - name: low stock\n    want: {outcome: decided, case: low}\n";
  const calls: { method: string; input: Input }[] = [];

  const save = (text: string, note: string): Draft => {
    const draft = read(text);
    if (!draft.policy || draft.problems.length > 0) return draft;
    const next = Math.max(...versions.map((one) => one.version)) + 1;
    yaml = text.replace(/^version: .*$/m, `version: ${next}`);
    versions = [version(next, note, yaml, true), ...versions.map((one) => ({ ...one, current: false }))];
    return read(yaml);
  };
  const methods = {
    Text: () => ({ yaml, name: "restock.yaml" }),
    Read: (input: Input) => read(String(input.yaml)),
    Write: (input: Input) => read(textOf(input.policy as PolicyModel, String(input.yaml))),
    Vocabulary: () => vocabulary,
    Preview: (input: Input) => preview(String(input.yaml), String(input.subject)),
    Sweep: (input: Input) => sweep(String(input.yaml), String(input.threshold)),
    Save: (input: Input) => save(String(input.yaml), String(input.note)),
    Versions: () => ({ policy: "restock", versions }),
    Restore: (input: Input) => {
      const found = versions.find((one) => one.version === input.version);
      return save(found?.yaml ?? "", `Version ${input.version} again`);
    },
    Exceptions: () => ({ exceptions }),
    AddException: (input: Input) => {
      const made = input as NewException;
      const label = skus.find(({ subject }) => subject === made.subject)?.label ?? made.subject;
      exceptions = [...exceptions, { ...made, label, at: "2026-11-25T08:00:00Z" }];
      return { exceptions };
    },
    RemoveException: (input: Input) => {
      exceptions = exceptions.filter((one) => one.subject !== input.subject || one.case !== input.case);
      return { exceptions };
    },
    Tests: () => told(tests, yaml),
    RunTests: (input: Input) => told(String(input.tests), String(input.yaml)),
    SaveTests: (input: Input) => {
      tests = String(input.tests);
      return told(tests, yaml);
    },
    MakeTest: (input: Input) =>
      told(`${tests}  - name: ${input.name}\n    want: {outcome: decided, case: ${input.case}}\n`, String(input.yaml)),
  };
  const bound = Object.fromEntries(
    Object.entries(methods).map(([method, answer]) => [
      method,
      async (input?: unknown) => {
        const given = (input ?? {}) as Input;
        calls.push({ method, input: structuredClone(given) });
        return structuredClone(answer(given)) as unknown;
      },
    ]),
  );
  return { methods: bound, calls, saved: () => yaml };
}

const version = (number: number, note: string, yaml: string, current: boolean): Version => ({
  version: number,
  at: `2026-11-${String(18 + number).padStart(2, "0")}T09:00:00Z`,
  note,
  yaml,
  current,
  shipped: false,
});

function read(yaml: string): Draft {
  try {
    const policy = policyOf(yaml);
    return { yaml, policy, problems: problemsOf(policy, yaml), warnings: [] };
  } catch (reason) {
    const line = reason instanceof FakeTextError ? reason.line : 1;
    const problem: Problem = {
      where: "",
      field: "",
      line,
      column: 1,
      from: 0,
      to: 0,
      message: String((reason as Error).message),
    };
    return { yaml, policy: null, problems: [problem], warnings: [] };
  }
}

function told(text: string, yaml: string): Tests {
  const names = [...text.matchAll(/- name: (.+)\n\s+want: \{outcome: decided, case: (\w*)/g)];
  const cases = read(yaml).policy?.cases.map(({ name }) => name) ?? [];
  const results = names.map(([, name = "", wanted = ""]) => {
    const passed = cases.includes(wanted);
    return { name, passed, wrong: passed ? [] : [`case: got none, want ${wanted}`] };
  });
  return { policy: "restock", text, shipped: false, results, problems: [] };
}

function liveOf(policy: PolicyModel, one: (typeof skus)[number]): Live {
  const figures = { ...one.figures };
  for (const threshold of policy.thresholds) figures[`threshold.${threshold.name}`] = threshold.value;
  const trees = Object.fromEntries(policy.clauses.map(({ name, when }) => [name, rowsOf(when)]));
  const node = (when: PolicyModel["scope"]) => {
    const { tree } = written(rowsOf(when));
    return tree && judge(tree, figures, trees);
  };
  const cases = policy.cases.map(({ name, when }) => ({ name, note: "", node: node(when) }));
  const deciding = cases.find((each) => each.node?.result === "true");
  const unsure = cases.some((each) => each.node?.result === "unknown");
  return {
    subject: one.subject,
    label: one.label,
    outcome: deciding ? "decided" : unsure ? "cant_tell" : "continue",
    case: deciding?.name ?? "",
    summary: deciding ? `Case ${deciding.name} decides` : unsure ? "Can't tell: cover is missing" : "No case holds",
    scope: node(policy.scope),
    clauses: policy.clauses.map(({ name, when }) => ({ name, note: "", node: node(when) })),
    cases,
    facts: [
      {
        name: "inventory.cover_days",
        title: "Days of cover",
        value: figures["inventory.cover_days"] === null ? "" : `${figures["inventory.cover_days"]} days`,
        as_of: "2026-11-24",
        source: "FBA inventory",
        maturity: figures["inventory.cover_days"] === null ? "missing" : "fresh",
        note: "",
      },
      {
        name: "sales.units_28d",
        title: "Units in 28 days",
        value: "300 units",
        as_of: "2026-11-24",
        source: "All orders",
        maturity: "settling",
        note: "",
      },
    ],
  };
}

function preview(yaml: string, subject: string): Preview {
  const draft = read(yaml);
  const { policy } = draft;
  const lives = policy && draft.problems.length === 0 ? skus.map((one) => ({ one, live: liveOf(policy, one) })) : [];
  const decided = lives.filter(({ live }) => live.outcome === "decided");
  const nears = lives.filter(({ live }) => live.outcome === "continue");
  const match = ({ one, live }: (typeof lives)[number], near: boolean): Match => ({
    subject: one.subject,
    label: one.label,
    case: live.case,
    title: `${one.label} sells out before stock can land`,
    at_stake: one.stake,
    held_by: [],
    distance: near ? 0.04 : 0,
    lacks: near ? [`Days of cover ${one.figures["inventory.cover_days"]}, below 35.0 wanted`] : [],
    existing: true,
    outcome: live.outcome,
    values: [],
  });
  const chosen = lives.find(({ live }) => live.subject === subject) ?? decided[0] ?? lives[0];
  return {
    draft,
    as_of: "2026-11-24",
    subjects: lives.length,
    matched: decided.length,
    near: nears.length,
    waiting: 0,
    cant_tell: lives.filter(({ live }) => live.outcome === "cant_tell").length,
    excepted: 0,
    held: 0,
    matches: decided.map((each) => match(each, false)),
    near_misses: nears.map((each) => match(each, true)),
    live: chosen?.live ?? null,
  };
}

function sweep(yaml: string, name: string): Sweep {
  const policy = read(yaml).policy;
  const threshold = policy?.thresholds.find((one) => one.name === name);
  if (!policy || !threshold || threshold.value === null) return { threshold: name, unit: "", points: [] };
  const { min, max, value, unit } = threshold;
  const points = Array.from({ length: 13 }, (_, index) => min + ((max - min) / 12) * index).map((at) => {
    const tried = {
      ...policy,
      thresholds: policy.thresholds.map((one) => (one.name === name ? { ...one, value: at } : one)),
    };
    const matches = skus.filter((one) => liveOf(tried, one).outcome === "decided").length;
    return { value: at, text: `${at} ${unit}`, matches, per_week: matches * 0.7, now: at === value };
  });
  return { threshold: name, unit, points };
}
