/** What the trace page shows: whose trace, of which policy, as of which day ("" is today), and the chosen step. */
export type TraceSearch = { subject?: string; policy?: string; as_of?: string; step?: string };

/** The address of the trace page; nonsense in it is left out. */
export function traceSearch(raw: Record<string, unknown>): TraceSearch {
  const as_of = text(raw.as_of);
  return {
    subject: text(raw.subject),
    policy: text(raw.policy),
    as_of: as_of !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(as_of) ? as_of : undefined,
    step: text(raw.step),
  };
}

function text(value: unknown): string | undefined {
  // A SKU such as "104" comes back from the address as a number.
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The subject that a hit of the search is about, or "" for an order or a view: "/sku/US%2FSKU-1" is US/SKU-1. */
export function subjectOfLink(link: string): string {
  const [path = "", query = ""] = link.split("?");
  const sku = /^\/sku\/(.+)$/.exec(path)?.[1];
  if (sku !== undefined) return decodeURIComponent(sku);
  return new URLSearchParams(query).get("sel") ?? "";
}
