import type { Policy, Threshold } from "../api/types";

/** A threshold as typed: either a number to save or why it cannot be saved. */
export type Parsed = { ok: true; value: number } | { ok: false; error: string };

/** Whole or decimal with a point; commas only where they group thousands. "12,5" would be ambiguous. */
const plain = /^[-+−]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/;

/** Reads a number a person typed. Spaces and the unit behind it are ignored. */
export function parseNumber(text: string, unit: string): Parsed {
  let bare = text.trim();
  if (unit !== "" && bare.toLowerCase().endsWith(unit.toLowerCase())) {
    bare = bare.slice(0, -unit.length);
  }
  bare = bare.replace(/[\s\u00a0\u202f]/g, "");
  if (bare === "") return { ok: false, error: "Type a number." };
  if (/^[-+−]?\d+,\d{1,2}$/.test(bare)) {
    return { ok: false, error: `Write ${bare.replace(",", ".")} with a point.` };
  }
  if (!plain.test(bare)) return { ok: false, error: `"${text.trim()}" is not a number.` };
  return { ok: true, value: Number(bare.replace(/,/g, "").replace("−", "-")) };
}

/** A number without noise: at most four decimals, none that are zero. */
export function numberText(n: number): string {
  return n.toLocaleString("en-US", { maximumFractionDigits: 4 }).replace("-", "−");
}

/** The unit a person sees: ratios are percentages, counts need none. */
export function shownUnit(t: Threshold): string {
  switch (t.unit) {
    case "ratio":
    case "per cent":
    case "percent":
      return "%";
    case "count":
    case "number":
      return "";
    case "money":
      return "in the marketplace's currency";
    default:
      return t.unit;
  }
}

/** A stored value as a person sees it: the ratio 0.2 is 20. Twelve digits drop what binary fractions add. */
export function toShown(value: number, t: Threshold): number {
  return t.unit === "ratio" ? Number((value * 100).toPrecision(12)) : value;
}

/** What a person typed as it is stored. */
export function toStored(value: number, t: Threshold): number {
  return t.unit === "ratio" ? Number((value / 100).toPrecision(12)) : value;
}

/** A stored value with its unit: "20 %", "7 days". */
export function valueText(value: number, t: Threshold): string {
  const unit = shownUnit(t);
  const text = numberText(toShown(value, t));
  return unit === "" ? text : `${text} ${unit}`;
}

/** The default in words: its value, or the fact it is taken from. */
export function defaultText(t: Threshold): string {
  if (t.default !== null) return valueText(t.default, t);
  return t.from === "" ? "none" : `each one's own ${factTitle(t.from)}`;
}

/** The text in the field: the value without its unit; empty while a fact gives it. */
export function fieldText(t: Threshold): string {
  return t.value === null ? "" : numberText(toShown(t.value, t));
}

/** "advertising.breakeven_acos" reads "breakeven acos". */
function factTitle(name: string): string {
  return name.slice(name.indexOf(".") + 1).replace(/_/g, " ");
}

function bounded(t: Threshold): boolean {
  return t.min !== 0 || t.max !== 0;
}

/** "0 to 100 %"; empty when the threshold has no bounds. */
export function rangeText(t: Threshold): string {
  return bounded(t) ? `${numberText(toShown(t.min, t))} to ${valueText(t.max, t)}` : "";
}

/** Reads what a person typed, in the unit they see, checks the bounds and gives the value to store. */
export function parseThreshold(text: string, t: Threshold): Parsed {
  const parsed = parseNumber(text, shownUnit(t));
  if (!parsed.ok) return parsed;
  const value = toStored(parsed.value, t);
  if (bounded(t) && value < t.min) return { ok: false, error: `The least is ${valueText(t.min, t)}.` };
  if (bounded(t) && value > t.max) return { ok: false, error: `The most is ${valueText(t.max, t)}.` };
  return { ok: true, value };
}

/** The name of a threshold for people: its title, or its name in words. */
export function thresholdTitle(t: { title: string; name: string }): string {
  if (t.title !== "") return t.title;
  const words = t.name.replace(/[._]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Policies with the thresholds that match, by name, meaning or policy. Policies left empty are gone. */
export function filterPolicies(policies: Policy[], filter: string, changedOnly: boolean): Policy[] {
  const needle = filter.trim().toLowerCase();
  return policies
    .map((policy) => ({
      ...policy,
      thresholds: policy.thresholds.filter((t) => {
        if (changedOnly && !t.changed) return false;
        return `${policy.title} ${t.name} ${thresholdTitle(t)} ${t.meaning}`.toLowerCase().includes(needle);
      }),
    }))
    .filter((policy) => policy.thresholds.length > 0);
}

type RawThreshold = Partial<Record<keyof Threshold, unknown>>;

/** A threshold as Go sends it. A value that is absent or empty is one that a fact gives. */
export function readThreshold(raw: RawThreshold): Threshold {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    name: text(raw.name),
    title: text(raw.title),
    value: readNumber(raw.value),
    default: readNumber(raw.default),
    from: text(raw.from),
    unit: text(raw.unit),
    meaning: text(raw.meaning),
    min: readNumber(raw.min) ?? 0,
    max: readNumber(raw.max) ?? 0,
    source: text(raw.source),
    date: text(raw.date),
    changed: raw.changed === true,
  };
}

function readNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const parsed = parseNumber(value, "");
  return parsed.ok ? parsed.value : null;
}
