import type { Severity } from "@/lib/types";

export type Threshold = {
  name: string;
  title: string;
  /** Null where a fact gives the figure; `from` names it. */
  value: number | null;
  default: number | null;
  from: string;
  unit: string;
  text: string;
  meaning: string;
  min: number;
  max: number;
  source: string;
  date: string;
  changed: boolean;
};

export type PolicyCase = {
  name: string;
  when: string;
  needed: boolean;
  severity: Severity;
  inhibited_by: string[];
  title: string;
  action: string;
};

export type Policy = {
  name: string;
  title: string;
  subject: string;
  version: number;
  description: string;
  source: string;
  date: string;
  scope: string;
  otherwise: string;
  health: "ok" | "err";
  last_error: string;
  subjects: number;
  matches: number;
  cant_tell: number;
  inhibited: number;
  unknown: { reason: string; subjects: number }[];
  clauses: { name: string; title: string; when: string }[];
  cases: PolicyCase[];
  thresholds: Threshold[];
};

export type Policies = { as_of: string; policies: Policy[] };
