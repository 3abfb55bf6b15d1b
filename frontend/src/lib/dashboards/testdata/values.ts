import type { Column, Value } from "../types";

const asOf = "2026-11-24";

/** A value as Go would write it; a spoken default for all its other fields. */
export function plain(part: Partial<Value> & { text: string }): Value {
  return {
    num: null,
    currency: "",
    approx: false,
    maturity: "fresh",
    as_of: asOf,
    source: "All orders",
    note: "",
    line: null,
    good: "",
    ...part,
  };
}

export const missing = (note: string): Value => plain({ text: "?", maturity: "missing", note, source: "" });

const symbols: Record<string, string> = { USD: "$", EUR: "€", GBP: "£" };

/** Money in major units: "−€4.20", "$1,204". */
export function moneyText(amount: number, currency: string): string {
  const digits = Math.abs(amount) < 1000 ? 2 : 0;
  const text = Math.abs(amount).toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${amount < 0 ? "−" : ""}${symbols[currency] ?? ""}${text}`;
}

export function money(amount: number, currency: string, more: Partial<Value> = {}): Value {
  return plain({ text: moneyText(amount, currency), num: amount, currency, ...more });
}

/** The value of a figure in the form of its column. */
export function cellOf(column: Column, raw: number | string | null, currency: string): Value {
  if (raw === null) return missing(column.type === "money" ? "No cost given." : "Nothing sold in this range.");
  if (typeof raw === "string") return plain({ text: raw });
  if (column.type === "money") return money(raw, currency);
  if (column.type === "percent") return plain({ text: `${raw.toFixed(1).replace("-", "−")} %`, num: raw });
  const digits = column.type === "count" ? 0 : 1;
  const text = raw.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return plain({ text, num: raw, maturity: column.name === "inventory.velocity" ? "settling" : "fresh" });
}

/** A change with its sign and whether it is good. */
export function changeOf(change: number, better: string, unit = "%"): Value {
  const sign = change > 0 ? "+" : "";
  const good = better === "" || change === 0 ? "" : change > 0 === (better === "up") ? "good" : "bad";
  return plain({ text: `${sign}${change.toFixed(1)} ${unit}`.replace("-", "−"), num: change, good });
}

/** Daily values with a weekly rhythm and one day that is not known. */
export function daily(count: number, level: number, seed: number): (number | null)[] {
  return Array.from({ length: count }, (_, day) =>
    day === 11 && count > 20
      ? null
      : Math.max(
          0,
          Math.round(level * (1 + 0.22 * Math.sin(day / 2.3 + seed) + ((day + seed) % 7 === 5 ? 0.2 : 0)) * 10) / 10,
        ),
  );
}
