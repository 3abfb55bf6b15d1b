/** One row of a report file that could not be read, with where and why. */
export interface BadRow {
  line: number;
  column: string;
  reason: string;
  text: string;
}

/** Something about a whole file; a fatal one keeps the file out. */
export interface FileProblem {
  code: string;
  message: string;
  fatal: boolean;
}

/** A report file as Preview or Import saw it. `stored` counts new rows, `duplicates` rows already there. */
export interface ImportFile {
  file: string;
  path: string;
  sha256: string;
  kind: string;
  kind_title: string;
  marketplace: string;
  rows: number;
  stored: number;
  duplicates: number;
  quarantined: number;
  first_day: string;
  last_day: string;
  encoding: string;
  observed_at: string;
  unknown_columns: string[];
  needs: string[];
  problems: FileProblem[];
  bad: BadRow[];
  refused: boolean;
}

/** Work in the background: a preview, an import, the demo. */
export interface Job {
  id: string;
  kind: string;
  state: "running" | "done" | "failed" | "cancelled";
  stage: string;
  done: number;
  total: number;
  rate_text: string;
  eta_text: string;
  message: string;
  files: ImportFile[];
}

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
  id: string;
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
  state: string;
}

export type FreshState = "fresh" | "settling" | "stale" | "missing";

/** How fresh one kind of report is, where to get it and what it is good for. */
export interface KindFreshness {
  kind: string;
  title: string;
  state: FreshState;
  as_of: string;
  settled_through: string;
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
