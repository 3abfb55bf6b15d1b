import { dayFromNumber, formatDay } from "@/lib/format";
import { isObject, parse, swapOf } from "./payload-lines";
import { valueWords } from "./value-words";

type Change = { payload: string; before: string; after: string };

/** What changes, short enough for a cell: from what to what. "" on the left where there was nothing to change. */
export function changeWords(change: Change, locale: string, now = ""): { before: string; after: string } {
  const parsed = parse(change.payload);
  const swap = swapOf(parsed);
  if (swap) return { before: wordsOf(swap.was, locale, now), after: wordsOf(swap.set, locale, now) };
  if (change.after !== "" && change.after !== change.before) {
    return { before: valueWords(change.before), after: valueWords(change.after) };
  }
  return { before: "", after: wordsOf(parsed, locale, now) };
}

function wordsOf(body: unknown, locale: string, now: string): string {
  if (body === null || body === undefined) return "nothing";
  if (!isObject(body)) return String(body);
  const parts: string[] = [];
  if (typeof body.units === "number") parts.push(`${body.units} ${body.units === 1 ? "unit" : "units"}`);
  if (Array.isArray(body.steps))
    parts.push(`task of ${body.steps.length} ${body.steps.length === 1 ? "step" : "steps"}`);
  // Of a file the name says more than its contents.
  if (typeof body.name === "string" && body.name !== "") parts.push(body.name);
  else if (typeof body.text === "string" && body.text !== "") parts.push(clipped(body.text));
  if (typeof body.owner === "string" && body.owner !== "") parts.push(`for ${body.owner}`);
  if (typeof body.due === "number" && body.due !== 0)
    parts.push(`due ${formatDay(dayFromNumber(body.due), locale, now)}`);
  if (parts.length > 0) return parts.join(", ");
  return Object.values(body).find((value): value is string => typeof value === "string" && value !== "") ?? "as shown";
}

const most = 80;

function clipped(text: string): string {
  return text.length <= most ? text : `${text.slice(0, most).trimEnd()}…`;
}
