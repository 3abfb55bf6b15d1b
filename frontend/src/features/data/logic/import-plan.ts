import type { JobFile } from "@/lib/types";
import type { FileOptions } from "../api/types";

/** What will happen to one file of a preview. */
export type PlanStatus = "ready" | "known" | "needs" | "refused";

export interface PlanLine {
  file: JobFile;
  status: PlanStatus;
  /** What is still to be said about the file, in the order it is asked. */
  open: string[];
}

export interface ImportPlan {
  lines: PlanLine[];
  /** Files that Import will take. */
  take: JobFile[];
  /** Rows that Import will store: new ones only. */
  rows: number;
  refused: number;
  waiting: number;
}

export function emptyOptions(path: string): FileOptions {
  return { path, marketplace: "", encoding: "", period_from: "", period_to: "", date_order: "" };
}

/** Options of one file with some of them changed. The others stay. */
export function withOption(all: FileOptions[], path: string, change: Partial<FileOptions>): FileOptions[] {
  const before = all.find((o) => o.path === path) ?? emptyOptions(path);
  return [...all.filter((o) => o.path !== path), { ...before, ...change, path }];
}

/** Why a period cannot be used, or "" when it can. Days are YYYY-MM-DD, so they compare as text. */
export function periodError(from: string, to: string): string {
  if (from === "" && to === "") return "Say which days this report covers.";
  if (from === "") return "The first day is missing.";
  if (to === "") return "The last day is missing.";
  if (from > to) return "The first day is after the last day.";
  return "";
}

function isMet(need: string, options: FileOptions): boolean {
  switch (need) {
    case "period":
      return periodError(options.period_from, options.period_to) === "";
    case "marketplace":
      return options.marketplace !== "";
    case "encoding":
      return options.encoding !== "";
    case "date_order":
      return options.date_order !== "";
    default:
      return false;
  }
}

/** What a file still needs, after what has been filled in. */
export function openNeeds(file: JobFile, options: FileOptions): string[] {
  return file.needs.filter((need) => !isMet(need, options));
}

export function isRefused(file: JobFile): boolean {
  return file.refused || file.problems.some((p) => p.fatal);
}

/** Rows of a file that are not yet stored and can be read. Never below zero. */
export function newRows(file: JobFile): number {
  return Math.max(0, file.rows - file.duplicates - file.quarantined);
}

function statusOf(file: JobFile, open: string[]): PlanStatus {
  // A fatal problem may only say that the need is open, so the need comes first.
  if (open.length > 0 && !file.refused) return "needs";
  if (isRefused(file)) return "refused";
  if (file.rows > 0 && newRows(file) === 0 && file.quarantined === 0) return "known";
  return "ready";
}

/** Decides for each previewed file whether Import takes it, and sums up what will be stored. */
export function planImport(files: JobFile[], options: FileOptions[]): ImportPlan {
  const lines = files.map((file): PlanLine => {
    const own = options.find((o) => o.path === file.path) ?? emptyOptions(file.path);
    const open = openNeeds(file, own);
    return { file, open, status: statusOf(file, open) };
  });
  const take = lines.filter((l) => l.status === "ready" || l.status === "known").map((l) => l.file);
  return {
    lines,
    take,
    rows: take.reduce((sum, file) => sum + newRows(file), 0),
    refused: lines.filter((l) => l.status === "refused").length,
    waiting: lines.filter((l) => l.status === "needs").length,
  };
}

/** Adds dropped or chosen paths to those there, each once, in the order they came. */
export function mergePaths(before: string[], added: string[]): string[] {
  return [...new Set([...before, ...added])];
}
