import type { Threshold } from "../api/types";

/** What a person typed as a number, or null: "-20", "−20 %", "12.5". */
export function parseFigure(text: string): number | null {
  const plain = text
    .trim()
    .replace("−", "-")
    .replace(/(^|\d)\s*(%|\s\p{L}[\p{L}\s/]*)$/u, "$1");
  if (!/^-?\d+([.,]\d+)?$/.test(plain)) return null;
  return Number(plain.replace(",", "."));
}

/** Why a figure cannot be taken, or "" when it can. */
export function problemOf(text: string, { min, max }: Pick<Threshold, "min" | "max">): string {
  const figure = parseFigure(text);
  if (figure === null) return "Write a number";
  if (figure < min || figure > max) return `Between ${min} and ${max}`;
  return "";
}
