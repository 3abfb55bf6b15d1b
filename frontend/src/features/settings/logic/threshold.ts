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
  return n.toLocaleString("en-US", { maximumFractionDigits: 4 });
}

function withUnit(n: number, unit: string): string {
  return unit === "" ? numberText(n) : `${numberText(n)} ${unit}`;
}

/** "0 % to 100 %"; empty when the threshold has no bounds. */
export function rangeText(t: Threshold): string {
  if (t.min === 0 && t.max === 0) return "";
  return `${numberText(t.min)} to ${withUnit(t.max, t.unit)}`;
}

/** Reads a threshold and checks it against its bounds. Both zero: no bounds. */
export function parseThreshold(text: string, t: Threshold): Parsed {
  const parsed = parseNumber(text, t.unit);
  if (!parsed.ok) return parsed;
  const bounded = t.min !== 0 || t.max !== 0;
  if (bounded && parsed.value < t.min) {
    return { ok: false, error: `The least is ${withUnit(t.min, t.unit)}.` };
  }
  if (bounded && parsed.value > t.max) {
    return { ok: false, error: `The most is ${withUnit(t.max, t.unit)}.` };
  }
  return parsed;
}

/** How a name in snake_case reads: "cover_days_low" is "Cover days low". */
export function thresholdTitle(name: string): string {
  const words = name.replace(/[._]+/g, " ").trim();
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
        const text = `${policy.title} ${t.name} ${thresholdTitle(t.name)} ${t.meaning}`;
        return text.toLowerCase().includes(needle);
      }),
    }))
    .filter((policy) => policy.thresholds.length > 0);
}
