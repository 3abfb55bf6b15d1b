import type { PolicyModel, Vocabulary, Word } from "../../api/studio-types";

/** What one side of a condition is; each has a field of its own. */
export type OperandKind = "number" | "threshold" | "fact" | "text" | "flag" | "formula";

const prefix = "threshold.";

export function operandKind(cel: string, words: readonly Word[]): OperandKind {
  const text = cel.trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return "number";
  if (/^threshold\.\w+$/.test(text)) return "threshold";
  if (/^(true|false)$/.test(text)) return "flag";
  if (textOf(text) !== null) return "text";
  if (wordOf(text, words)) return "fact";
  return "formula";
}

/** The fact that a text of CEL is, written bare or as it is put in: lowest(inventory.cover_days). */
export function wordOf(cel: string, words: readonly Word[]): Word | undefined {
  const text = cel.trim();
  return words.find((word) => word.name === text || (word.insert !== "" && word.insert === text));
}

export const insertOf = (word: Word): string => (word.insert === "" ? word.name : word.insert);

/** The text inside a quoted literal, or null when it is none. */
export function textOf(cel: string): string | null {
  const found = /^(["'])((?:[^"'\\]|\\.)*)\1$/.exec(cel.trim());
  return found ? (found[2] ?? "").replaceAll(/\\(.)/g, "$1") : null;
}

export const quoted = (text: string): string => JSON.stringify(text);

export const thresholdOf = (cel: string): string => cel.trim().slice(prefix.length);

export const thresholdCel = (name: string): string => prefix + name;

/** How a side begins when a person chooses what it is. */
export function startOf(kind: OperandKind, policy: PolicyModel): string {
  switch (kind) {
    case "number":
      return "0";
    case "threshold":
      return thresholdCel(policy.thresholds[0]?.name ?? "");
    case "text":
      return quoted("");
    case "flag":
      return "true";
    case "fact":
    case "formula":
      return "";
  }
}

export const operators = [
  { value: "<", label: "is below" },
  { value: "<=", label: "is at most" },
  { value: ">", label: "is above" },
  { value: ">=", label: "is at least" },
  { value: "==", label: "is" },
  { value: "!=", label: "is not" },
  { value: "in", label: "is one of" },
];

/** The unit of the fact a side reads, for the number beside it. */
export function unitOf(cel: string, vocabulary: Vocabulary | undefined): string {
  const word = wordOf(cel, vocabulary?.facts ?? []);
  if (!word) return "";
  return word.unit !== "" ? word.unit : word.type === "ratio" ? "ratio" : "";
}

/** A number as a person typed it, in CEL; null when it is none. */
export function numberCel(text: string): string | null {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}
