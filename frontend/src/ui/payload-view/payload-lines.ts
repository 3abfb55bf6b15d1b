/** What stands in a payload behind one name. Days and amounts are told by how the executors write them. */
export type PayloadValue =
  | { kind: "none" }
  | { kind: "text"; text: string }
  | { kind: "list"; texts: string[] }
  | { kind: "day"; day: number }
  | { kind: "amount"; minor: number; currency: string };

export type PayloadLine = { name: string; before: PayloadValue; after: PayloadValue; changed: boolean };

/**
 * A payload, read for a person. A "swap" says what is there before and after; "fields" only what is sent; "text" is
 * no structured data at all.
 */
export type PayloadReading = { shape: "swap" | "fields" | "text"; lines: PayloadLine[] };

type Fields = Map<string, PayloadValue>;

const none: PayloadValue = { kind: "none" };

/** Reads the bytes of a payload; nothing of them is left out. */
export function readPayload(payload: string): PayloadReading {
  const parsed = parse(payload);
  if (!isObject(parsed)) return { shape: "text", lines: [] };
  const swap = swapOf(parsed);
  if (!swap) return { shape: "fields", lines: linesOf(new Map(), fieldsOf(parsed)) };
  return { shape: "swap", lines: linesOf(fieldsOf(swap.was), fieldsOf(swap.set)) };
}

/** The two sides of a payload that changes one thing for another; null where it is something else. */
export function swapOf(parsed: unknown): { set: unknown; was: unknown } | null {
  if (!isObject(parsed) || !("set" in parsed) || !("was" in parsed)) return null;
  return Object.keys(parsed).length === 2 ? { set: parsed.set, was: parsed.was } : null;
}

export function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function linesOf(before: Fields, after: Fields): PayloadLine[] {
  const names = [...new Set([...after.keys(), ...before.keys()])];
  return names.map((name) => {
    const [was, is] = [before.get(name) ?? none, after.get(name) ?? none];
    return { name, before: was, after: is, changed: JSON.stringify(was) !== JSON.stringify(is) };
  });
}

function fieldsOf(value: unknown, path = ""): Fields {
  if (!isObject(value))
    return value === null || value === undefined ? new Map() : new Map([["Value", readValue("", value)]]);
  const fields: Fields = new Map();
  for (const [key, inner] of Object.entries(value)) {
    const name = path === "" ? wordsOf(key) : `${path}, ${wordsOf(key).toLowerCase()}`;
    if (isObject(inner) && !isAmount(inner)) for (const [deep, one] of fieldsOf(inner, name)) fields.set(deep, one);
    else fields.set(name, readValue(key, inner));
  }
  return fields;
}

function readValue(key: string, value: unknown): PayloadValue {
  if (value === null || value === undefined || value === "") return none;
  if (isAmount(value)) return value.currency === "" ? none : { kind: "amount", ...value };
  if (typeof value === "number" && key === "due") return value === 0 ? none : { kind: "day", day: value };
  if (!Array.isArray(value)) return { kind: "text", text: typeof value === "string" ? value : JSON.stringify(value) };
  if (value.length === 0) return none;
  return { kind: "list", texts: value.map((one) => (typeof one === "string" ? one : JSON.stringify(one))) };
}

function isAmount(value: unknown): value is { minor: number; currency: string } {
  return (
    isObject(value) &&
    typeof value.minor === "number" &&
    typeof value.currency === "string" &&
    Object.keys(value).length === 2
  );
}

const known: Record<string, string> = { sku: "SKU", asin: "ASIN", cost: "Cost of a unit", url: "Address", id: "Id" };

/** "draft_units" is "Draft units". */
function wordsOf(key: string): string {
  const words = known[key] ?? key.replaceAll("_", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
