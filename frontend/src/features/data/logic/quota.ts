import type { Quota } from "../api/types";

/** A group of operations in a region, over the days that are shown. */
export type QuotaLine = {
  key: string;
  api: string;
  region: string;
  group: string;
  /** Requests by day; what was never asked for on a day is 0. */
  requests: Record<string, number>;
  /** Asks begun on the newest day, and on a usual one. */
  begun: number;
  planned: number;
  left: string;
};

export type QuotaTable = { days: string[]; lines: QuotaLine[] };

/** Days from old to new, and a line for each group; the newest day says what is begun and left. */
export function quotaTable(rows: readonly Quota[]): QuotaTable {
  const days = [...new Set(rows.map((row) => row.day))].sort();
  const today = days.at(-1) ?? "";
  const lines = new Map<string, QuotaLine>();
  for (const row of rows) {
    const key = [row.api, row.region, row.group].join("/");
    const { api, region, group, planned } = row;
    const line = lines.get(key) ?? { key, api, region, group, planned, requests: {}, begun: 0, left: "" };
    line.requests[row.day] = row.requests;
    if (row.day === today) Object.assign(line, { begun: row.begun, left: row.left });
    lines.set(key, line);
  }
  const order = (line: QuotaLine) => [line.region, line.api === "spapi" ? 0 : 1, line.group].join("/");
  return { days, lines: [...lines.values()].sort((a, b) => order(a).localeCompare(order(b))) };
}
