import { useMemo } from "react";
import { useDisplay } from "./display";

/** An amount as Go writes it, "−€1,234.50", "CA$12", "PLN 1,020", wherever it stands in a sentence. */
const written = /−?(?:[A-Z]{0,2}\p{Sc}|\b([A-Z]{3}) )\d[\d,]*(?:\.\d+)?/gu;
const codes = new Set(Intl.supportedValuesOf("currency"));

/** What stands in place of an amount that is hidden. */
const cover = "•••";

/** A text with its amounts covered. */
export function coverAmounts(text: string): string {
  return text.replace(written, (found, code?: string) => (code === undefined || codes.has(code) ? cover : found));
}

/** Whether a text names an amount of money. */
export function namesAmount(text: string): boolean {
  return coverAmounts(text) !== text;
}

/** Digits of a currency behind the point: 2 of "USD", 0 of "JPY" and of what is no currency. */
export function minorDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 0;
  } catch {
    return 0;
  }
}

/** Whether a unit is a currency: "USD". */
export function isCurrency(unit: string): boolean {
  return codes.has(unit);
}

/** The same data with the amounts in all of its texts covered, as long as amounts are hidden. */
export function useCovered<Data>(data: Data): Data {
  const { hide_amounts } = useDisplay();
  return useMemo(() => (hide_amounts ? covered(data) : data), [data, hide_amounts]);
}

function covered<Data>(data: Data): Data {
  if (typeof data === "string") return coverAmounts(data) as Data;
  if (Array.isArray(data)) return data.map(covered) as Data;
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, covered(value)])) as Data;
}
