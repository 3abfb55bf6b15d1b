import type { BadRow } from "@/lib/types";

/** What a person adds to a file that does not say it itself. Empty strings: not given. */
export interface FileOptions {
  path: string;
  marketplace: string;
  encoding: string;
  period_from: string;
  period_to: string;
  date_order: string;
}

export interface ImportInput {
  paths: string[];
  options: FileOptions[];
}

/** A report file that has been taken in. */
export interface Document {
  id: number;
  file: string;
  kind: string;
  kind_title: string;
  marketplace: string;
  rows: number;
  stored: number;
  quarantined: number;
  first_day: string;
  last_day: string;
  observed_at: string;
  imported_at: string;
  size: number;
  /** importing, stored or waiting. */
  state: string;
  /** Modules that could not take it yet. */
  waiting: string;
}

export type FreshState = "fresh" | "settling" | "stale" | "missing";

/** How fresh one kind of report is, where to get it and what it is good for. */
export interface KindFreshness {
  kind: string;
  title: string;
  state: FreshState;
  as_of: string;
  settled_through: string;
  /** Last day covered. */
  through: string;
  rows: number;
  documents: number;
  where: string;
  unlocks: string;
  text: string;
}

export interface Quarantine {
  file: string;
  rows: BadRow[];
  total: number;
}
