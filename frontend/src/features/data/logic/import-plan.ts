import type { JobFile } from "@/lib/types";
import type { FileOptions } from "../api/types";

/** What will happen to one file of a preview. */
export type PlanStatus = "ready" | "known" | "needs" | "refused";

export interface PlanLine {
  file: JobFile;
  status: PlanStatus;
}

export interface ImportPlan {
  lines: PlanLine[];
  /** Files that Import will take. */
  take: JobFile[];
  /** Their paths, each once: an archive holds several files under one path. */
  paths: string[];
  /** Rows that Import will store. The preview counted them by a dry run of the import itself. */
  rows: number;
  refused: number;
  waiting: number;
}

function emptyOptions(path: string): FileOptions {
  return { path, marketplace: "", encoding: "", period_from: "", period_to: "", date_order: "" };
}

/** What a person said about a path so far. */
export function optionsOf(all: FileOptions[], path: string): FileOptions {
  return all.find((o) => o.path === path) ?? emptyOptions(path);
}

/** Options with those of one path changed. What was said before stays. */
export function withOption(all: FileOptions[], path: string, change: Partial<FileOptions>): FileOptions[] {
  return [...all.filter((o) => o.path !== path), { ...optionsOf(all, path), ...change, path }];
}

/** Why a period cannot be used, or "" when it can. Days are YYYY-MM-DD, so they compare as text. */
export function periodError(from: string, to: string): string {
  if (from === "" && to === "") return "Say which days this report covers.";
  if (from === "") return "The first day is missing.";
  if (to === "") return "The last day is missing.";
  if (from > to) return "The first day is after the last day.";
  return "";
}

/** A problem that only says in words what the file needs; the form asks for that already. */
export function isNeedProblem(code: string): boolean {
  return code === "needs_period" || code === "needs_marketplace";
}

function statusOf(file: JobFile): PlanStatus {
  // A file is refused while it needs something, so only what no answer can mend makes it hopeless.
  if (file.problems.some((p) => p.fatal && !isNeedProblem(p.code))) return "refused";
  if (file.needs.length > 0) return "needs";
  if (file.refused) return "refused";
  return file.rows > 0 && file.stored === 0 ? "known" : "ready";
}

/** Decides for each previewed file whether Import takes it, and sums up what will be stored. */
export function planImport(files: JobFile[]): ImportPlan {
  const lines = files.map((file): PlanLine => ({ file, status: statusOf(file) }));
  const take = lines.filter((l) => l.status === "ready" || l.status === "known").map((l) => l.file);
  return {
    lines,
    take,
    paths: [...new Set(take.map((file) => file.path))],
    rows: take.reduce((sum, file) => sum + file.stored, 0),
    refused: lines.filter((l) => l.status === "refused").length,
    waiting: lines.filter((l) => l.status === "needs").length,
  };
}

/** Adds dropped or chosen paths to those there, each once, in the order they came. */
export function mergePaths(before: string[], added: string[]): string[] {
  return [...new Set([...before, ...added])];
}
