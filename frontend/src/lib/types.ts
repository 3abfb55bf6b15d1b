/** Shapes that several services of the Go program share. Days are "YYYY-MM-DD", instants RFC 3339. */

export type Money = { minor: number; currency: string; text: string };

export type Maturity = "fresh" | "settling" | "estimated" | "stale" | "missing";

export type Severity = "critical" | "warning" | "info";

export type ModuleState = "disabled" | "starting" | "running" | "retrying" | "failed";

export type ModuleInfo = {
  name: string;
  title: string;
  input: string;
  output: string;
  state: ModuleState;
  reason: string;
  since: string;
  recoverable: boolean;
};

export type Freshness = {
  kind: string;
  title: string;
  state: "fresh" | "settling" | "stale" | "missing";
  as_of: string;
  settled_through: string;
  text: string;
};

export type DisplaySettings = {
  theme: "system" | "light" | "dark";
  density: "comfortable" | "default" | "compact";
  single_keys: boolean;
  hide_amounts: boolean;
};

export type JobFileProblem = { code: string; message: string; fatal: boolean };
export type BadRow = { line: number; column: string; reason: string; text: string };

export type JobFile = {
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
  needs: ("period" | "marketplace")[];
  problems: JobFileProblem[];
  bad: BadRow[];
  refused: boolean;
};

export type Job = {
  id: string;
  kind: "preview" | "import" | "demo" | "rebuild";
  state: "running" | "done" | "failed" | "cancelled";
  stage: string;
  done: number;
  total: number;
  rate_text: string;
  eta_text: string;
  message: string;
  files: JobFile[];
};

export type AppState = {
  version: string;
  demo: boolean;
  first_run: boolean;
  data_dir: string;
  account: string;
  marketplaces: string[];
  currency: string;
  as_of: string;
  now: string;
  locale: string;
  door: "desktop" | "web";
  modules: ModuleInfo[];
  freshness: Freshness[];
  counts: Record<string, number>;
  settings: DisplaySettings;
  jobs: Job[];
};

export type StripCell = {
  key: string;
  title: string;
  value: string;
  detail: string;
  state: "good" | "warning" | "critical" | "info" | "unknown" | "neutral";
  link: string;
};
