import type { Batch, BatchLine, Level } from "../api/types";

type LevelWords = { mark: string; short: string };

/** Where a line goes, in a shape and few words; `holdS` are the seconds in which nothing is sent yet. */
export function levelWords(level: Level, holdS: number): LevelWords {
  if (level === 3) return { mark: "●", short: "leaves for good" };
  if (level === 2) return { mark: "◐", short: `leaves in ${holdS} s` };
  return { mark: "○", short: "stays here" };
}

/** What a level means for taking it back: "2 leave this computer for good". Of only one line the number is left out. */
export function levelSentence(level: Level, holdS: number, count: number, lines: number): string {
  const [who, s] = lines === 1 ? ["It ", "s"] : [`${count === lines ? "All " : ""}${count} `, count === 1 ? "s" : ""];
  if (level === 3) return `${who}leave${s} this computer for good`;
  if (level === 2) return `${who}leave${s} this computer in ${holdS} s, can be taken back until then`;
  return `${who}stay${s} on this computer, can be undone`;
}

/** The levels that there are, the gentlest first, with how many lines each has. What is local counts as one. */
export function levelCounts(lines: readonly BatchLine[]): { level: Level; count: number }[] {
  const levels: readonly Level[] = [1, 2, 3];
  return levels
    .map((level) => ({ level, count: lines.filter((line) => Math.max(1, line.level) === level).length }))
    .filter(({ count }) => count > 0);
}

/** The riskiest lines, the worst first, and all others in their order. */
export function byRisk(batch: Pick<Batch, "lines" | "riskiest">): { risky: BatchLine[]; others: BatchLine[] } {
  const risky = batch.riskiest.flatMap((id) => batch.lines.find((line) => line.decision === id) ?? []);
  return { risky, others: batch.lines.filter((line) => !batch.riskiest.includes(line.decision)) };
}

/** Decisions whose line would be refused. */
export function refused(lines: readonly BatchLine[]): string[] {
  return lines.filter((line) => line.against.length > 0).map((line) => line.decision);
}

/** Lines of units whose cost is not known, so that they are in no total. */
export function withoutAmount(lines: readonly BatchLine[]): number {
  return lines.filter((line) => line.units > 0 && !line.money).length;
}
