/** A comparison taken apart. */
export type Sides = { left: string; op: string; right: string };

const operators = ["<=", ">=", "==", "!=", "<", ">", " in "] as const;

/** The parts of a comparison, "a < b + c"; null where the outermost is none. */
export function sidesOf(expression: string): Sides | null {
  let found: Sides | null = null;
  if (joins(expression)) return null;
  walk(expression, (at) => {
    if (found) return;
    const op = operators.find((one) => expression.startsWith(one, at));
    if (op === undefined) return;
    found = { left: expression.slice(0, at).trim(), op: op.trim(), right: expression.slice(at + op.length).trim() };
  });
  return found;
}

/** Whether an expression joins conditions with and, or, not: its parts are conditions themselves. */
export function joins(expression: string): boolean {
  let found = expression.trim().startsWith("!");
  walk(expression, (at) => {
    found ||= expression.startsWith("&&", at) || expression.startsWith("||", at);
  });
  return found;
}

/** Visits each place that is in no brackets and no quotes. */
function walk(expression: string, visit: (at: number) => void): void {
  let depth = 0;
  let quote = "";
  for (let at = 0; at < expression.length; at++) {
    const sign = expression[at] ?? "";
    if (quote !== "") {
      if (sign === "\\") at++;
      else if (sign === quote) quote = "";
    } else if (sign === '"' || sign === "'") quote = sign;
    else if ("([{".includes(sign)) depth++;
    else if (")]}".includes(sign)) depth--;
    else if (depth === 0) visit(at);
  }
}

/** Whether an expression is the plain name of a fact or a threshold. */
export function isName(expression: string): boolean {
  return /^[a-z_]\w*(\.\w+)+$/i.test(expression.trim());
}

/** How an operator reads: "is below". */
export const operatorWords: Record<string, string> = {
  "<": "is below",
  "<=": "is at most",
  ">": "is above",
  ">=": "is at least",
  "==": "is",
  "!=": "is not",
  in: "is one of",
};

/** "lead_time_days" of "inventory.lead_time_days", in words: "Lead time days". */
export function nameInWords(name: string): string {
  const words = name
    .slice(name.indexOf(".") + 1)
    .replace(/[._]+/g, " ")
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
