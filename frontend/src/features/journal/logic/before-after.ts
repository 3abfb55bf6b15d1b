import { unknownMark } from "@/lib/format";
import type { Explained, Why } from "../api/types";

/** A figure that a decision rested on. */
export type Figure = { key: string; text: string; value: string };

type Line = Explained["cases"][number]["why"][number];

/** The figures among the reasons of the case that decided, each once, without what they were compared with. */
export function figuresOf(why: readonly Omit<Line, "clause">[], decided: string): Figure[] {
  return figures(why.filter((line) => line.case === decided));
}

/** The same figures with what they are now; one that the rule did not come to is not known. */
export function compared(then: readonly Figure[], now: readonly Omit<Line, "clause">[]): (Figure & { now: string })[] {
  const current = new Map(figures(now).map((figure) => [figure.key, figure.value]));
  return then.map((figure) => ({ ...figure, now: current.get(figure.key) ?? unknownMark }));
}

function figures(lines: readonly Omit<Line, "clause">[]): Figure[] {
  const found = new Map<string, Figure>();
  for (const line of lines) {
    const key = keyOf(line);
    if (isFigure(line) && !found.has(key)) found.set(key, { key, text: line.text, value: shown(line) });
  }
  return [...found.values()];
}

/** Whether a line tells a figure to a person: no threshold, no bare number, not whether something holds. */
function isFigure({ expression, value, text }: Pick<Why, "expression" | "value" | "text">): boolean {
  if (value === "" || value === "true" || value === "false") return false;
  return !expression.startsWith("threshold.") && /\p{L}/u.test(text);
}

/** A figure is the same if it is made in the same way, whatever it is called and whichever case asks for it. */
function keyOf({ expression, text }: Pick<Line, "expression" | "text">): string {
  return expression === "" ? text : expression;
}

/** The value with its unit, unless it has it already. */
function shown({ value, unit }: Pick<Line, "value" | "unit">): string {
  return unit === "" || value.endsWith(unit) || /[%€$£¥]/.test(value) ? value : `${value} ${unit}`;
}
