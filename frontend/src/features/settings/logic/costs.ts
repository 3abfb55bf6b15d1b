import { parseNumber } from "./threshold";

/** The header line that a pasted or dropped cost list must have. */
export const COSTS_HEADER = "marketplace,sku,cost,currency,lead_time_days";

/** Whether a cost may be sent: empty (not known) or an amount with at most two decimals. */
export function costError(text: string): string {
  if (text.trim() === "") return "";
  const parsed = parseNumber(text.replace(/^[^\d+−-]+/, ""), "");
  if (!parsed.ok) return parsed.error;
  if (parsed.value < 0) return "A cost cannot be negative.";
  if (!/^\D*[\d,]+(\.\d{1,4})?\s*$/.test(text)) return "At most four decimals.";
  return "";
}

/** Whether a lead time may be sent: empty (use the default) or whole days up to two years. */
export function leadTimeError(text: string): string {
  if (text.trim() === "") return "";
  const parsed = parseNumber(text, "d");
  if (!parsed.ok) return parsed.error;
  if (!Number.isInteger(parsed.value) || parsed.value < 0) return "Whole days, please.";
  if (parsed.value > 730) return "The most is 730 days.";
  return "";
}

/** What a pasted cost list lacks, or "" when it can be sent. Go checks every line of it. */
export function costListError(text: string): string {
  const first = text.trimStart().split(/\r?\n/, 1)[0] ?? "";
  if (first.trim() === "") return "Paste a list, or drop a CSV file here.";
  const columns = first
    .toLowerCase()
    .split(/[,;\t]/)
    .map((c) => c.trim().replace(/^"|"$/g, ""));
  const missing = ["marketplace", "sku", "cost"].filter((c) => !columns.includes(c));
  if (missing.length > 0) return `The first line must name the columns. Missing: ${missing.join(", ")}.`;
  if (text.trim().split(/\r?\n/).length < 2) return "There is a header but no line under it.";
  return "";
}
