import { isName, joins } from "./expression";
import type { Why } from "./types";

/** A line of a trace with the lines that it is made of. */
export type Line = { id: string; why: Why; parts: Line[] };

/** The lines of one case as a tree: a deeper line belongs to the nearest one above it that is less deep. */
export function linesOf(prefix: string, why: readonly Why[]): Line[] {
  const roots: Line[] = [];
  const open: Line[] = [];
  why.forEach((one, index) => {
    const line: Line = { id: `${prefix}/${index}`, why: one, parts: [] };
    while (open.length > 0 && (open.at(-1)?.why.depth ?? 0) >= one.depth) open.pop();
    (open.at(-1)?.parts ?? roots).push(line);
    open.push(line);
  });
  return roots;
}

/** The parts of a line that are conditions themselves; the others are figures. */
export function conditionsIn(line: Line): Line[] {
  return joins(line.why.expression) ? line.parts : [];
}

/** The figures that a condition was made of, those of its figures included; a flag is its own. */
export function figuresOf(line: Line): Line[] {
  if (line.parts.length === 0) return isName(line.why.expression) ? [line] : [];
  if (joins(line.why.expression)) return [];
  return line.parts.flatMap((part) => (isName(part.why.expression) ? [part] : figuresOf(part)));
}

/** Every line of a tree, each before its parts. */
export function allLines(lines: readonly Line[]): Line[] {
  return lines.flatMap((line) => [line, ...allLines(line.parts)]);
}

/** "19.0 days"; "" where there is no value. */
export function shownValue({ value, unit }: Pick<Why, "value" | "unit">): string {
  return value === "" ? "" : [value, unit].filter((part) => part !== "").join(" ");
}

/** The value of one side of a condition: that of the line which has it, else the text where it is a figure itself. */
export function sideValue(side: string, line: Line): string {
  const found = allLines(line.parts).find((part) => part.why.expression.trim() === side);
  if (found) return shownValue(found.why) || (found.why.note === "" ? "not known" : found.why.note);
  return /^[-+]?[\d."']/.test(side) ? side.replace(/^["']|["']$/g, "") : "";
}
