/** The view state of the Data page in its address. */
export type DataSearch = {
  view: "reports" | "files";
  /** Kind of report shown in the inspector. */
  kind: string;
  /** Document shown in the inspector; 0: none. */
  doc: number;
};

export function dataSearch(raw: Record<string, unknown>): DataSearch {
  return {
    view: raw.view === "files" ? "files" : "reports",
    kind: typeof raw.kind === "string" ? raw.kind : "",
    doc: typeof raw.doc === "number" && Number.isInteger(raw.doc) && raw.doc > 0 ? raw.doc : 0,
  };
}

/** The view state of the import: the files to look at and, once it was started, the import's job. */
export type ImportSearch = { paths: string[]; job: string };

export function importSearch(raw: Record<string, unknown>): ImportSearch {
  const paths = Array.isArray(raw.paths) ? raw.paths.filter((p): p is string => typeof p === "string" && p !== "") : [];
  return { paths: [...new Set(paths)], job: typeof raw.job === "string" ? raw.job : "" };
}
