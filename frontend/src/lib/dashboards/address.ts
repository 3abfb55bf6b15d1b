/** How lists and filters stand in an address: short, readable, and safe for any text in them. */
import type { Filter } from "./types";

/** The items of a comma separated list of the address, each once. */
export function readList(text: string | undefined): string[] {
  if (text === undefined || text === "") return [];
  const items = text
    .split(",")
    .map(bare)
    .filter((item) => item !== "");
  return [...new Set(items)];
}

/** A list for the address; undefined when there is nothing in it. */
export function writeList(items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : items.map(shielded).join(",");
}

/** The items with one switched on or off. */
export function toggled(items: readonly string[], item: string): string[] {
  return items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
}

/** "inventory.cover_days:lt:14;listings.status:is:Inactive"; a part that is no filter is left out. */
export function readFilters(text: string | undefined): Filter[] {
  if (text === undefined) return [];
  return text.split(";").flatMap((part) => {
    const [column = "", op = "", value = "", ...more] = part.split(":");
    if (column === "" || !comparisons.has(op) || more.length > 0) return [];
    return [{ column: bare(column), op, value: bare(value) }];
  });
}

export function writeFilters(filters: readonly Filter[]): string | undefined {
  if (filters.length === 0) return undefined;
  return filters.map(({ column, op, value }) => [column, op, value].map(shielded).join(":")).join(";");
}

const comparisons = new Set(["is", "is_not", "has", "lt", "le", "gt", "ge", "known", "unknown"]);

const signs: Record<string, string> = { "%": "%25", ",": "%2C", ":": "%3A", ";": "%3B" };

function shielded(text: string): string {
  return text.replace(/[%,:;]/g, (sign) => signs[sign] ?? sign);
}

function bare(text: string): string {
  return text.replace(/%(25|2C|3A|3B)/g, (found) => Object.keys(signs).find((sign) => signs[sign] === found) ?? found);
}
