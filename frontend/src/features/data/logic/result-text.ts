import type { JobFile } from "@/lib/types";

/** A count with its noun: "1 row", "1,204 rows". Digits are grouped as everywhere else in the app. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
}

/** The label of the button that starts an import: "Import 7 files, 12,402 rows". */
export function importLabel(files: number, rows: number): string {
  const what = rows === 0 ? "nothing new" : counted(rows, "row");
  return `Import ${counted(files, "file")}, ${what}`;
}

/** What an import did with one file: "0 new, 1,204 already there". */
export function resultText(file: JobFile): string {
  const parts = [
    `${file.stored.toLocaleString("en-US")} new`,
    `${file.duplicates.toLocaleString("en-US")} already there`,
  ];
  if (file.quarantined > 0) parts.push(`${file.quarantined.toLocaleString("en-US")} in quarantine`);
  return parts.join(", ");
}

export interface ImportTotals {
  files: number;
  stored: number;
  duplicates: number;
  quarantined: number;
  refused: number;
}

/** Sums up a finished import. A refused file counts only as refused. */
export function importTotals(files: JobFile[]): ImportTotals {
  const taken = files.filter((f) => !f.refused);
  return {
    files: taken.length,
    stored: taken.reduce((n, f) => n + f.stored, 0),
    duplicates: taken.reduce((n, f) => n + f.duplicates, 0),
    quarantined: taken.reduce((n, f) => n + f.quarantined, 0),
    refused: files.length - taken.length,
  };
}

/** The finding of a finished import, in one sentence. */
export function totalsSentence(t: ImportTotals): string {
  if (t.files === 0) return "No file could be taken in. Each one says why below.";
  const what =
    t.stored === 0
      ? `Nothing new: all ${counted(t.duplicates, "row")} were already there.`
      : `${counted(t.stored, "new row")} from ${counted(t.files, "file")}.`;
  const bad = t.quarantined > 0 ? ` ${counted(t.quarantined, "row")} could not be read.` : "";
  const refused = t.refused > 0 ? ` ${counted(t.refused, "file was", "files were")} left out.` : "";
  return what + bad + refused;
}

/** A size in bytes for people: "0 B", "412 KB", "3.1 MB". 1 KB is 1,000 bytes. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The finding of a preview, in one sentence. */
export function planSentence(plan: { take: JobFile[]; rows: number; refused: number; waiting: number }): string {
  const parts = [
    plan.take.length === 0
      ? "No file can be imported yet."
      : `${counted(plan.rows, "new row")} in ${counted(plan.take.length, "file")}.`,
  ];
  if (plan.waiting > 0) parts.push(`${counted(plan.waiting, "file needs", "files need")} an answer.`);
  if (plan.refused > 0) parts.push(`${counted(plan.refused, "file is", "files are")} left out.`);
  return parts.join(" ");
}
