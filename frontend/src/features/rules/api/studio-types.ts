/** What the studio says to the Go program and hears from it, field by field as backend/services/rules/dto_studio.go has it. */
import type { Maturity } from "@/lib/types";

/** How a condition came out; a figure that is missing makes it unknown, never false. */
export type Result = "true" | "false" | "unknown" | "not_needed";

/** What a row of the builder is: a group, or a condition of one of the forms that have fields of their own. */
export type ConditionKind = "all" | "any" | "not" | "compare" | "flag" | "clause" | "formula";

/** A fact of the deciding case, with what it came to. */
export type Why = {
  case: string;
  clause: string;
  expression: string;
  text: string;
  value: string;
  unit: string;
  source: string;
  as_of: string;
  maturity: Maturity | "";
  result: Result | "";
  depth: number;
  note: string;
};

/** A policy as it is being written: its text, the truth, and what the builder shows of it. */
export type Draft = {
  yaml: string;
  /** null: the text is no policy at all, see Problems */
  policy: PolicyModel | null;
  /** empty: it can be saved */
  problems: Problem[];
  /** "fires on none of 365 days"; it can be saved all the same */
  warnings: string[];
};

/** What is wrong with a draft and where. */
export type Problem = {
  /** case restock; "" for the policy */
  where: string;
  /** when, title, at_stake…; "" where none is meant */
  field: string;
  /** of the YAML text, from 1; 0: not known */
  line: number;
  column: number;
  /** of the expression's text, in UTF-16 units, from 0 */
  from: number;
  to: number;
  message: string;
};

/** A policy as the builder shows it; every field means what it means in the YAML text. */
export type PolicyModel = {
  name: string;
  title: string;
  version: number;
  subject: string;
  topic: string;
  off: boolean;
  stage: string;
  priority: number;
  description: string;
  source: string;
  date: string;
  scope: ConditionModel;
  accepts: string[];
  accepts_stale: string[];
  min_age: number;
  unknown: string;
  thresholds: ThresholdModel[];
  clauses: ClauseModel[];
  cases: CaseModel[];
  otherwise: string;
};

/** A named figure of a draft. */
export type ThresholdModel = {
  name: string;
  title: string;
  value: number | null;
  from: string;
  unit: string;
  meaning: string;
  min: number;
  max: number;
  source: string;
  date: string;
};

/** A named condition of a draft. */
export type ClauseModel = {
  name: string;
  title: string;
  when: ConditionModel;
  words: string;
};

/** A case of a draft. */
export type CaseModel = {
  name: string;
  when: ConditionModel;
  needed: boolean;
  hold: number;
  keep: string;
  cooldown: number;
  severity: string;
  critical_when: string;
  inhibited_by: string[];
  effects: string[];
  blocks: string[];
  group: string;
  title: string;
  sentence: string;
  do: string;
  if_you_wait: string;
  money: string;
  per: string;
  worse: string;
  due: string;
  due_fixed: boolean;
  action_kind: string;
  action_label: string;
  checklist: string[];
  link: string;
  units: string;
  target: string;
};

/** A condition as text and as a tree. Writing takes the tree where there is one, else the text. */
export type ConditionModel = {
  /** CEL */
  text: string;
  /** null: empty, or the text has a fault */
  tree: Condition | null;
};

/** One row of the builder, or a group of rows. */
export type Condition = {
  kind: ConditionKind;
  /** of all, any and not; empty otherwise */
  parts: Condition[];
  /** CEL */
  left: string;
  /** < <= > >= == !=, in */
  op: string;
  /** CEL */
  right: string;
};

/** What a draft would do now. */
export type Preview = {
  draft: Draft;
  as_of: string;
  subjects: number;
  matched: number;
  /** false, and true if figures moved by a tenth */
  near: number;
  waiting: number;
  cant_tell: number;
  excepted: number;
  held: number;
  /** dearest first */
  matches: Match[];
  /** nearest first */
  near_misses: Match[];
  /** null: no subject */
  live: Live | null;
};

/** A subject that a draft matches, or nearly. */
export type Match = {
  subject: string;
  label: string;
  case: string;
  title: string;
  /** "€12.00 a day"; "" not known */
  at_stake: string;
  held_by: string[];
  /** of a near miss: the largest share a figure lacks, 0.04 is 4 % */
  distance: number;
  /** of a near miss: "Days of cover 36.2, below 35.0 wanted" */
  lacks: string[];
  /** the saved policy matches it too */
  existing: boolean;
  outcome: string;
  /** facts of the deciding case, for the columns of the table */
  values: Why[];
};

/** How each condition of a draft stands for one subject. */
export type Live = {
  subject: string;
  label: string;
  outcome: string;
  case: string;
  summary: string;
  scope: Node | null;
  clauses: NamedNode[];
  cases: NamedNode[];
  /** every fact and threshold that it reads */
  facts: FactNode[];
};

/** The condition of a clause or a case. */
export type NamedNode = {
  name: string;
  /** why it did or did not decide; "" of clauses */
  note: string;
  node: Node | null;
};

/** One row of the builder with how it stands; its parts are in the order of Condition.Parts. */
export type Node = {
  /** true, false, unknown, not_needed */
  result: Result;
  /** value of the left side, formatted with its unit; "" where there is none */
  left: string;
  right: string;
  /** oldest day of its facts */
  as_of: string;
  /** why unknown */
  note: string;
  /** false, and true if the figures moved by a tenth */
  near: boolean;
  parts: Node[];
};

/** A fact that a draft reads, of the live subject. */
export type FactNode = {
  name: string;
  title: string;
  value: string;
  as_of: string;
  source: string;
  maturity: Maturity;
  note: string;
};

/** A curve over the figures of a threshold. */
export type Sweep = {
  threshold: string;
  unit: string;
  /** at most 25, ascending */
  points: SweepPoint[];
};

/** What a figure of a threshold would do. */
export type SweepPoint = {
  value: number;
  text: string;
  /** now */
  matches: number;
  per_week: number;
  /** the draft's own figure */
  now: boolean;
};

/** What conditions about a kind of subject can be made of. */
export type Vocabulary = {
  subject: string;
  facts: Word[];
  functions: Word[];
  /** kinds that policies can be about */
  subjects: SubjectWord[];
  /** that can inhibit */
  policies: PolicyRef[];
  effects: EffectWord[];
  /** of templates */
  formats: string[];
  action_kinds: string[];
};

/** A name that conditions can use. */
export type Word = {
  name: string;
  title: string;
  /** number, ratio, percent, money, count, flag, text; list of … */
  type: string;
  unit: string;
  meaning: string;
  /** kind of subject */
  about: string;
  /** values of several subjects: write lowest(…) around it */
  many: boolean;
  insert: string;
};

/** A kind of subject. */
export type SubjectWord = {
  kind: string;
  /** "SKU" */
  title: string;
};

/** PolicyRef names a policy. */
export type PolicyRef = {
  name: string;
  title: string;
  subject: string;
  cases: string[];
};

/** What doing something can change. */
export type EffectWord = {
  effect: string;
  words: string;
  grows: boolean;
};

/** Lists the versions of a policy, newest first. */
export type Versions = {
  policy: string;
  versions: Version[];
};

/** One version of a policy. */
export type Version = {
  version: number;
  /** RFC 3339; "" of the shipped one */
  at: string;
  note: string;
  yaml: string;
  current: boolean;
  shipped: boolean;
};

/** Takes a subject out of a policy. */
export type NewException = {
  policy: string;
  /** "": of all cases */
  case: string;
  subject: string;
  reason: string;
  /** YYYY-MM-DD, the last day; "": for good */
  until: string;
};

/** Lists the exceptions of a policy. */
export type Exceptions = {
  exceptions: Exception[];
};

/** A subject that was taken out of a policy. */
export type Exception = {
  policy: string;
  case: string;
  subject: string;
  label: string;
  reason: string;
  until: string;
  at: string;
};

/** The tests of a policy as text, and how each ended. */
export type Tests = {
  policy: string;
  text: string;
  /** the seller did not change them */
  shipped: boolean;
  results: TestResult[];
  problems: Problem[];
};

/** How one test ended. */
export type TestResult = {
  name: string;
  passed: boolean;
  /** "case: got restock, want none" */
  wrong: string[];
};
