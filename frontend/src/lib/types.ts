/** Shapes that several services of the Go program share. Days are "YYYY-MM-DD", instants RFC 3339. */
import type { app, ingest, modulehost, Narrow, source } from "./contract";

/** Every service has an amount of its own; they are all this. */
export type Money = { minor: number; currency: string; text: string };

export type Maturity = "fresh" | "settling" | "estimated" | "stale" | "missing";

export type Severity = "critical" | "warning" | "info";

export type ModuleState = "disabled" | "starting" | "running" | "retrying" | "failed";

export type FreshState = "fresh" | "settling" | "stale" | "missing";

export type ModuleInfo = Narrow<modulehost.ModuleOutput, { state: ModuleState }>;

export type Freshness = Narrow<app.FreshnessOutput, { state: FreshState }>;

/** What of Amazon is not reached, since when nothing came, and until when the first of what waits for it is here. */
export type Offline = app.OfflineOutput;

export type DisplaySettings = Narrow<
  app.DisplaySettings,
  { theme: "system" | "light" | "dark"; density: "comfortable" | "default" | "compact" }
>;

export type JobFileProblem = source.Problem;
export type BadRow = source.BadRow;

export type JobFile = Narrow<ingest.FileResult, { needs: ("period" | "marketplace")[] }>;

export type Job = Narrow<
  ingest.Job,
  {
    kind: "preview" | "import" | "demo" | "rebuild";
    state: "running" | "done" | "failed" | "cancelled";
    files: JobFile[];
  }
>;

export type AppState = Narrow<
  app.StateOutput,
  {
    door: "desktop" | "web";
    modules: ModuleInfo[];
    freshness: Freshness[];
    offline: Offline | null;
    settings: DisplaySettings;
    jobs: Job[];
  }
>;
