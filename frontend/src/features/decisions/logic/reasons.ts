import type { Why } from "../api/types";

/** A line with its place in the trace, which names it on screen. */
export type TraceLine = Why & { id: string };

/** The lines of one case of a policy, in the order they were looked at. */
export type CaseTrace = { name: string; lines: TraceLine[]; outcome: "decided" | "not_met" | "unknown" };

/** Cases in the order the policy tries them; the last one that was reached decided. */
export function casesOf(why: readonly Why[], decided: string): CaseTrace[] {
  const numbered = why.map((line, index) => ({ ...line, id: String(index) }));
  const names = [...new Set(numbered.map((line) => line.case))];
  return names.map((name) => {
    const lines = numbered.filter((line) => line.case === name);
    return { name, lines, outcome: name === decided ? "decided" : outcomeOf(lines) };
  });
}

function outcomeOf(lines: readonly Why[]): "not_met" | "unknown" {
  const top = lines.filter((line) => line.depth === 0);
  return top.some((line) => line.result === "false") || !top.some((line) => line.result === "unknown")
    ? "not_met"
    : "unknown";
}

/** The one line that says best why a case did not decide: its first false clause, else its first unknown one. */
export function tellingLine(trace: CaseTrace): Why | undefined {
  const wanted = trace.outcome === "unknown" ? "unknown" : "false";
  return trace.lines.find((line) => line.depth === 0 && line.result === wanted) ?? trace.lines[0];
}

export const resultMarks = { true: "✓", false: "✗", unknown: "?", not_needed: "–" } as const;
export const resultWords = { true: "true", false: "false", unknown: "not known", not_needed: "not needed" } as const;

/** Whether a line says something to a person; a bare figure of a longer expression does not. */
export function hasWords(line: Why): boolean {
  return /\p{L}/u.test(line.text);
}

/** The value to show behind the text: not when the mark or the text already says it. */
export function shownValue(line: Why): string {
  if (line.value === "" || line.value === "true" || line.value === "false" || line.text.includes(line.value)) return "";
  return [line.value, line.unit].filter((part) => part !== "").join(" ");
}

/** Whether a line holds or not; a figure inside an expression only has a value. */
export function isCondition(line: Why): boolean {
  const figure = line.depth > 0 && line.value !== "" && line.value !== "true" && line.value !== "false";
  return !figure || line.result === "unknown" || line.result === "not_needed";
}
