/** What a person does to pages: views under a name, and files written. */
import type { QueryClient } from "@tanstack/react-query";
import { call } from "../call";
import { viewsQuery } from "./queries";
import type { Exported, SavedView, TableInput } from "./types";

/** Keeps an address under a name: of a new view (id "") or of one that there is. */
export async function saveView(client: QueryClient, view: SavedView): Promise<SavedView> {
  const saved = await call<SavedView>("dashboards.API.SaveView", view);
  await client.invalidateQueries({ queryKey: viewsQuery.queryKey });
  return saved;
}

export async function deleteView(client: QueryClient, id: string): Promise<void> {
  await call("dashboards.API.DeleteView", { id });
  await client.invalidateQueries({ queryKey: viewsQuery.queryKey });
}

export type ExportFormat = "csv" | "xlsx" | "pdf";

const exportTimeoutMs = 5 * 60_000;

/** Writes a table (csv, xlsx) or its page (pdf) to a file; no subjects: all rows. */
export function exportFile(format: ExportFormat, table: TableInput, subjects: readonly string[]): Promise<Exported> {
  return call<Exported>("dashboards.API.Export", { format, table, subjects: [...subjects] }, exportTimeoutMs);
}

/** Starts a module again that had stopped. */
export async function retryModule(client: QueryClient, module: string): Promise<void> {
  await call("modulehost.API.Retry", { module });
  await client.invalidateQueries({ queryKey: ["dashboards"] });
}

/** Fills the demo shop; the start page follows how far it is. */
export async function startDemo(client: QueryClient): Promise<void> {
  await call<{ job_id: string }>("app.API.StartDemo", undefined, 60_000);
  await client.invalidateQueries({ queryKey: ["app"] });
}
