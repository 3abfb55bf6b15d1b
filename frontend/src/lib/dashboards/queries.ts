/**
 * What the pages read. Figures rest on all that is imported, on rates, tags, costs and decisions alike; so all
 * share the root key "dashboards", which every event of such a change makes out of date (see lib/events.ts).
 */
import { queryOptions } from "@tanstack/react-query";
import { call } from "../call";
import type {
  Chart,
  Column,
  Definition,
  PageData,
  Reference,
  RowsBehind,
  SavedView,
  Scopes,
  Table,
  TableInput,
  ViewInput,
} from "./types";

/** Rows per window; more are never asked for at once. */
export const tableWindow = 200;

/** A page: tiles, what charts and tables it has, and notices. */
export const pageQuery = (page: string, view: ViewInput) =>
  queryOptions({
    queryKey: ["dashboards", "page", page, view] as const,
    queryFn: () => call<PageData>("dashboards.API.Page", { page, view }),
  });

/** The data of one chart; of one subject, or of all in scope where `subject` is "". */
export const chartQuery = (page: string, chart: string, subject: string, view: ViewInput) =>
  queryOptions({
    queryKey: ["dashboards", "chart", page, chart, subject, view] as const,
    queryFn: () => call<Chart>("dashboards.API.Chart", { page, chart, subject, view }),
  });

/** One window of a table, with the index of its first row. */
export type TableWindow = Table & { offset: number };

export const tableQuery = (input: TableInput) =>
  queryOptions({
    queryKey: ["dashboards", "table", input] as const,
    queryFn: async (): Promise<TableWindow> => ({
      ...(await call<Table>("dashboards.API.Table", input)),
      offset: input.offset,
    }),
    enabled: input.table !== "",
  });

/** All columns that a table can show. */
export const columnsQuery = (page: string, table: string) =>
  queryOptions({
    queryKey: ["dashboards", "columns", page, table] as const,
    queryFn: () => call<{ columns: Column[] }>("dashboards.API.Columns", { page, table }).then((out) => out.columns),
    enabled: table !== "",
  });

/** What a number is, how it came about and what from. */
export const definitionQuery = (reference: Reference) =>
  queryOptions({
    queryKey: ["dashboards", "definition", reference] as const,
    queryFn: () => call<Definition>("dashboards.API.Define", reference),
  });

/** A window of the rows behind a number. */
export const rowsQuery = (reference: Reference, offset: number) =>
  queryOptions({
    queryKey: ["dashboards", "rows", reference, offset] as const,
    queryFn: () => call<RowsBehind>("dashboards.API.Rows", { reference, offset, limit: tableWindow }),
  });

/** How many rows stand behind a number. */
export const rowCountQuery = (reference: Reference) =>
  queryOptions({
    queryKey: ["dashboards", "row count", reference] as const,
    queryFn: () => call<RowsBehind>("dashboards.API.Rows", { reference, offset: 0, limit: 1 }).then((out) => out.total),
  });

/** Marketplaces, tags, groups and currencies that can be chosen. */
export const scopesQuery = queryOptions({
  queryKey: ["dashboards", "scopes"] as const,
  queryFn: () => call<Scopes>("dashboards.API.Scopes"),
});

/** The saved views of all pages. */
export const viewsQuery = queryOptions({
  queryKey: ["dashboards", "views"] as const,
  queryFn: () => call<{ views: SavedView[] }>("dashboards.API.Views").then((out) => out.views),
});
