export const tabs = ["reports", "files", "amazon", "jobs", "kept"] as const;

export type DataTab = (typeof tabs)[number];

/** The view state of the Data page in its address. */
export type DataSearch = {
  tab: DataTab;
  /** Kind of report shown in the inspector. */
  kind: string;
  /** Document shown in the inspector; 0: none. */
  doc: number;
  /** Stream shown in the inspector, by its key. */
  stream: string;
  /** Ask shown in the inspector; 0: none. */
  ask: number;
  /** Class of data shown in the inspector. */
  keep: string;
};

export function dataSearch(raw: Record<string, unknown>): DataSearch {
  // Addresses of before call the tab a view.
  const tab = tabs.find((name) => name === (raw.tab ?? raw.view)) ?? "reports";
  return {
    tab,
    kind: text(raw.kind),
    doc: id(raw.doc),
    stream: text(raw.stream),
    ask: id(raw.ask),
    keep: text(raw.keep),
  };
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

const id = (value: unknown) => (typeof value === "number" && Number.isInteger(value) && value > 0 ? value : 0);

/** The view state of the import: the files to look at and, once it was started, the import's job. */
export type ImportSearch = { paths: string[]; job: string };

export function importSearch(raw: Record<string, unknown>): ImportSearch {
  const paths = Array.isArray(raw.paths) ? raw.paths.filter((p): p is string => typeof p === "string" && p !== "") : [];
  return { paths: [...new Set(paths)], job: typeof raw.job === "string" ? raw.job : "" };
}
