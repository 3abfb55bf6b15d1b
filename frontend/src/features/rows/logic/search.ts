import { type DashboardSearch, dashboardSearch, scopeAndRange } from "@/lib/dashboards/search";

/** Which number, whose, and through what view; `at` is the row under the cursor, from 0. */
export type RowsSearch = DashboardSearch & { name: string; subject?: string; at?: number };

/** The address of the rows page. What a view consists of is read as on every page. */
export function rowsSearch(raw: Record<string, unknown>): RowsSearch {
  return {
    ...scopeAndRange(dashboardSearch(raw)),
    name: text(raw.name),
    subject: text(raw.subject) || undefined,
    at: whole(raw.at) || undefined,
  };
}

/** A line of a document, as it counts them; `counts` are the columns of the file that a number was made of. */
export type OriginalSearch = { document: number; line: number; counts?: string };

/** The first line is the heading. */
const firstRow = 2;

/** The address of the page of an original row; without a line it is the one below the heading. */
export function originalSearch(raw: Record<string, unknown>): OriginalSearch {
  return {
    document: whole(raw.document),
    line: whole(raw.line) || firstRow,
    counts: text(raw.counts) || undefined,
  };
}

function text(value: unknown): string {
  // A SKU such as "104" comes back from the address as a number.
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value : "";
}

function whole(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : 0;
}
