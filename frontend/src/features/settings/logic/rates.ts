import { dayParts } from "@/lib/format";
import type { Rate } from "../api/types";

export const noRate: Rate = { from: "", to: "", day: "", rate: "", source: "" };

/** A rate as Go takes it: codes in capitals, a decimal point. */
export function tidyRate(typed: Rate): Rate {
  return {
    from: typed.from.trim().toUpperCase(),
    to: typed.to.trim().toUpperCase(),
    day: typed.day.trim(),
    rate: typed.rate.trim().replace(",", "."),
    source: typed.source.trim(),
  };
}

/** What a rate lacks, by field; empty when it can be stored. Go checks it once more. */
export function rateErrors(typed: Rate): Partial<Record<keyof Rate, string>> {
  const { from, to, day, rate, source } = tidyRate(typed);
  const errors: Partial<Record<keyof Rate, string>> = {};
  if (!isCurrency(from)) errors.from = "Three letters, such as EUR.";
  if (!isCurrency(to)) errors.to = "Three letters, such as USD.";
  else if (to === from) errors.to = "Another currency than the first.";
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !dayParts(day)) errors.day = "A day, as 2026-11-24.";
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(rate) || Number(rate) === 0) errors.rate = "A number above 0, such as 1.087.";
  if (source === "") errors.source = "Where it is from, to check it later.";
  return errors;
}

function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code);
}

export function rateKey(rate: Rate): string {
  return `${rate.from} ${rate.to} ${rate.day}`;
}

/** "1 EUR is 1.087 USD from 24 Nov". */
export function rateText(rate: Rate, day: string): string {
  return `1 ${rate.from} is ${rate.rate} ${rate.to} from ${day}`;
}
