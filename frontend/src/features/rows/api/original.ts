import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";

/** A row beside the one that was asked for. */
export type Neighbour = { line: number; cells: string[] };

/** One row of a file as it came in, with the rows around it. Lines count from 1, the heading with them. */
export type Original = {
  document: number;
  file: string;
  /** Of the document. */
  kind: string;
  kind_title: string;
  imported_at: string;
  as_of: string;
  line: number;
  /** Lines of the file; about, where cells span lines. */
  lines: number;
  /** Of a JSON document the paths of its fields. */
  header: string[];
  /** Personal ones are empty. */
  cells: string[];
  /** The row as text, or the part of a JSON document. */
  raw: string;
  /** Where that part is in a JSON document; "" for tables. */
  path: string;
  before: Neighbour[];
  after: Neighbour[];
};

/** The method is not among the generated ones yet, so its name and shape are given here. */
const ask = call as unknown as (method: string, input: { document: number; line: number }) => Promise<Original>;

/** A row of a kept document. It does not change, so it is never out of date. */
export const originalQuery = (document: number, line: number) =>
  queryOptions({
    queryKey: ["rows", "original", document, line],
    queryFn: () => ask("ingest.API.Original", { document, line }),
    enabled: document > 0,
  });
