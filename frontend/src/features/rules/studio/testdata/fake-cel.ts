/** As much of CEL as the fake bridge needs: and, or, not, comparisons, names, figures and sums of them. */
import type { Condition, Node, Result } from "../../api/studio-types";
import { formula, group } from "../logic/condition";

export function parseCel(text: string): Condition {
  const plain = unbracketed(text.trim());
  for (const [sign, kind] of [
    ["||", "any"],
    ["&&", "all"],
  ] as const) {
    const parts = split(plain, sign);
    if (parts.length > 1) {
      const built = parts.map(parseCel).flatMap((part) => (part.kind === kind ? part.parts : [part]));
      return group(kind, built);
    }
  }
  if (plain.startsWith("!(") && plain.endsWith(")")) return group("not", [parseCel(plain.slice(1))]);
  const compared = /^(.+?)\s*(<=|>=|==|!=|<|>)\s*(.+)$/.exec(plain);
  if (compared) {
    const [, left = "", op = "", right = ""] = compared;
    return { kind: "compare", parts: [], left, op, right };
  }
  if (/^[a-z_]+\.[a-z_0-9.]+$/.test(plain)) return { ...formula(plain), kind: "flag" };
  if (/^[a-z_]+$/.test(plain) && plain !== "true") return { ...formula(plain), kind: "clause" };
  return formula(plain);
}

function split(text: string, sign: string): string[] {
  const out = [""];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")") depth--;
    if (depth === 0 && text.startsWith(sign, at)) {
      out.push("");
      at += sign.length - 1;
    } else {
      out.push(`${out.pop() ?? ""}${text[at]}`);
    }
  }
  return out;
}

function unbracketed(text: string): string {
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  let depth = 0;
  for (let at = 0; at < text.length - 1; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return text;
  }
  return unbracketed(text.slice(1, -1).trim());
}

export function celText(row: Condition): string {
  switch (row.kind) {
    case "all":
    case "any": {
      const inner = row.parts.map((part) =>
        part.kind === "all" || part.kind === "any" ? `(${celText(part)})` : celText(part),
      );
      return inner.join(row.kind === "all" ? " && " : " || ");
    }
    case "not":
      return `!(${row.parts.map(celText).join("")})`;
    case "compare":
      return `${row.left} ${row.op} ${row.right}`;
    default:
      return row.left;
  }
}

export type Figures = Record<string, number | boolean | null>;

/** A side as a number; null is not known, undefined has a fault. */
export function sideOf(cel: string, figures: Figures): number | boolean | null | undefined {
  const parts = cel.split("+").map((part) => part.trim());
  const values = parts.map((part) => (/^-?\d+(\.\d+)?$/.test(part) ? Number(part) : figures[part]));
  if (values.includes(undefined)) return undefined;
  if (values.includes(null)) return null;
  return values.length === 1 ? values[0] : values.reduce<number>((sum, value) => sum + Number(value), 0);
}

const node = (result: Result, rest: Partial<Node> = {}): Node => ({
  result,
  left: "",
  right: "",
  as_of: "2026-11-24",
  note: "",
  near: false,
  parts: [],
  ...rest,
});

export function judge(row: Condition, figures: Figures, clauses: Record<string, Condition>): Node {
  switch (row.kind) {
    case "all":
    case "any":
      return grouped(row, figures, clauses);
    case "not": {
      const parts = row.parts.map((part) => judge(part, figures, clauses));
      const turned: Partial<Record<Result, Result>> = { true: "false", false: "true" };
      const inner = parts[0]?.result ?? "unknown";
      return node(turned[inner] ?? inner, { parts });
    }
    case "compare":
      return compared(row, figures);
    case "clause": {
      const clause = clauses[row.left];
      return clause
        ? { ...judge(clause, figures, clauses), parts: [] }
        : node("unknown", { note: "no such condition" });
    }
    default: {
      const value = sideOf(row.left, figures);
      if (value === null || value === undefined) return node("unknown", { note: `${row.left} missing` });
      return node(value ? "true" : "false", { left: value ? "yes" : "no" });
    }
  }
}

function grouped(row: Condition, figures: Figures, clauses: Record<string, Condition>): Node {
  const deciding: Result = row.kind === "all" ? "false" : "true";
  let decided = false;
  const parts = row.parts.map((part) => {
    if (decided) return { ...judge(part, figures, clauses), result: "not_needed" as Result };
    const told = judge(part, figures, clauses);
    decided = told.result === deciding;
    return told;
  });
  const results = parts.map(({ result }) => result);
  if (results.includes(deciding)) return node(deciding, { parts });
  if (results.includes("unknown")) return node("unknown", { parts });
  return node(row.kind === "all" ? "true" : "false", { parts });
}

function compared(row: Condition, figures: Figures): Node {
  const left = sideOf(row.left, figures);
  const right = sideOf(row.right, figures);
  const words = (value: number | boolean | null | undefined) => (typeof value === "number" ? value.toFixed(1) : "?");
  if (typeof left !== "number" || typeof right !== "number") {
    return node("unknown", { left: words(left), right: words(right), note: `${row.left} missing` });
  }
  const holds = (a: number, b: number) =>
    ({ "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a === b, "!=": a !== b })[row.op] ?? false;
  const near = !holds(left, right) && (holds(left * 1.1, right) || holds(left * 0.9, right));
  return node(holds(left, right) ? "true" : "false", { left: words(left), right: words(right), near });
}
