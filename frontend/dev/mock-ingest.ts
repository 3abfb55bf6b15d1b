import type { Document, FileOptions, ImportInput, KindFreshness, Quarantine } from "../src/features/data/api/types";
import type { Job, JobFile } from "../src/lib/types";

const kinds: KindFreshness[] = [
  kind("orders", "All orders", "fresh", "2026-11-24T06:10:00Z", "2026-11-24", 4120, 4, "", ""),
  kind("fba_inventory", "FBA inventory", "fresh", "2026-11-24T06:12:00Z", "2026-11-24", 412, 6, "", ""),
  kind(
    "traffic",
    "Sales and traffic by SKU",
    "settling",
    "2026-11-23",
    "2026-11-21",
    2884,
    4,
    "",
    "",
    "Amazon may restate the last 2 days.",
  ),
  kind(
    "settlements",
    "Settlements",
    "settling",
    "2026-11-20",
    "2026-11-06",
    9880,
    3,
    "",
    "",
    "The open settlement closes on 20 Nov.",
  ),
  kind(
    "sp_search_terms",
    "Sponsored Products search terms",
    "stale",
    "2026-11-09",
    "2026-11-02",
    1204,
    2,
    "",
    "",
    "15 days old; ads rules skip it.",
  ),
  kind(
    "returns",
    "FBA customer returns",
    "missing",
    "",
    "",
    0,
    0,
    "Seller Central › Reports › Fulfilment › Customer concessions › FBA customer returns. Choose the last 30 days, then Request .txt download.",
    "Return rate per SKU, and the review and returns policies.",
  ),
  kind(
    "account_health",
    "Account health",
    "missing",
    "",
    "",
    0,
    0,
    "Seller Central › Performance › Account health › Download report.",
    "Order defect rate, late shipments, and their deadlines.",
  ),
];

function kind(
  name: string,
  title: string,
  state: KindFreshness["state"],
  as_of: string,
  settled_through: string,
  rows: number,
  documents: number,
  where: string,
  unlocks: string,
  text = "",
): KindFreshness {
  return {
    kind: name,
    title,
    state,
    as_of,
    settled_through,
    rows,
    documents,
    text,
    through: settled_through,
    where: where || `Seller Central › Reports › ${title}. Choose the last 30 days, then Request download.`,
    unlocks: unlocks || `${title} feed sales, stock and profit.`,
  };
}

const documents: Document[] = Array.from({ length: 260 }, (_, i) => {
  const day = String(24 - (i % 24)).padStart(2, "0");
  const [id, title] = [
    ["orders", "All orders"],
    ["fba_inventory", "FBA inventory"],
    ["traffic", "Sales and traffic by SKU"],
  ][i % 3] as [string, string];
  return {
    id: i + 1,
    file: `${id}-2026-11-${day}${i % 3 === 0 ? ".txt" : ".csv"}`,
    kind: id,
    kind_title: title,
    marketplace: i % 4 === 0 ? "DE" : "US",
    rows: 1204 - i,
    stored: i % 5 === 0 ? 0 : 1204 - i - (i % 7 === 0 ? 3 : 0),
    quarantined: i % 7 === 0 ? 3 : 0,
    first_day: "2026-10-25",
    last_day: `2026-11-${day}`,
    observed_at: `2026-11-${day}T06:10:00Z`,
    imported_at: `2026-11-${day}T06:14:00Z`,
    size: 412_000 + i * 1711,
    state: i === 4 ? "waiting" : "stored",
    waiting: i === 4 ? "Advertising" : "",
    origin: i % 6 === 1 ? "api" : "file",
    cleared_at: i % 6 === 1 && i > 100 ? "2026-11-20T00:00:00Z" : "",
  };
});

const quarantine: Quarantine = {
  total: 3,
  rows: [
    {
      line: 12,
      column: "purchase-date",
      reason: "Not a date: day 31 of November.",
      text: "112-5550001\t2026-11-31T08:00:00+00:00\tSKU-104",
    },
    {
      line: 88,
      column: "quantity",
      reason: "Not a whole number.",
      text: "112-5550088\t2026-11-12T08:00:00+00:00\tSKU-087\t1.5",
    },
    {
      line: 301,
      column: "item-price",
      reason: "The amount has no currency.",
      text: "112-5550301\t2026-11-20T18:22:00+00:00\tSKU-031\t1\t24.99",
    },
  ],
};

function file(change: Partial<JobFile>): JobFile {
  return {
    file: "orders-2026-11-24.txt",
    path: "/reports/orders-2026-11-24.txt",
    sha256: "9f2c",
    kind: "orders",
    kind_title: "All orders",
    marketplace: "US",
    rows: 4120,
    stored: 2913,
    duplicates: 1204,
    quarantined: 3,
    first_day: "2026-10-25",
    last_day: "2026-11-24",
    encoding: "utf-8",
    observed_at: "2026-11-24T06:10:00Z",
    unknown_columns: [],
    needs: [],
    problems: [],
    bad: quarantine.rows,
    refused: false,
    ...change,
  };
}

const previewFiles: JobFile[] = [
  file({}),
  file({
    file: "fba-inventory.csv",
    path: "/reports/fba-inventory.csv",
    kind: "fba_inventory",
    kind_title: "FBA inventory",
    rows: 412,
    stored: 412,
    duplicates: 0,
    quarantined: 0,
    bad: [],
    first_day: "2026-11-24",
    unknown_columns: ["fc-processing-2", "reserved-note"],
  }),
  file({
    file: "BusinessReport.csv",
    path: "/reports/BusinessReport.csv",
    kind: "traffic",
    kind_title: "Sales and traffic by SKU",
    marketplace: "",
    rows: 2884,
    stored: 0,
    refused: true,
    duplicates: 0,
    quarantined: 0,
    bad: [],
    first_day: "",
    last_day: "",
    needs: ["period", "marketplace"],
  }),
  file({
    file: "settlement-21.txt",
    path: "/reports/settlement-21.txt",
    kind: "settlements",
    kind_title: "Settlements",
    marketplace: "DE",
    rows: 1204,
    stored: 0,
    duplicates: 1204,
    quarantined: 0,
    bad: [],
    encoding: "windows-1252",
    problems: [
      {
        code: "encoding_guessed",
        message: "The encoding was guessed. If names look wrong, choose another.",
        fatal: false,
      },
    ],
  }),
  file({
    file: "holiday-photo.csv",
    path: "/reports/holiday-photo.csv",
    kind: "",
    kind_title: "",
    marketplace: "",
    rows: 0,
    stored: 0,
    duplicates: 0,
    quarantined: 0,
    bad: [],
    first_day: "",
    last_day: "",
    refused: true,
    problems: [
      {
        code: "unknown_kind",
        message:
          "This is no Amazon report that Purser knows. Download one of the kinds listed on the Data page and drop it here.",
        fatal: true,
      },
    ],
  }),
];

const jobs = new Map<string, Job & { startedAt: number; length: number }>();

function start(kind: Job["kind"], files: JobFile[], length: number): { job_id: string } {
  const id = `${kind}-${jobs.size + 1}`;
  const job: Job = {
    id,
    kind,
    state: "running",
    stage: kind === "import" ? "Storing rows" : "Reading files",
    done: 0,
    total: 12_402,
    rate_text: "",
    eta_text: "",
    message: "",
    files,
  };
  jobs.set(id, { ...job, startedAt: Date.now(), length });
  return { job_id: id };
}

function filled(files: JobFile[], options: FileOptions[]): JobFile[] {
  return files.map((f) => {
    const own = options.find((o) => o.path === f.path);
    if (!own) return f;
    const needs = f.needs.filter((n) => (n === "period" ? own.period_to === "" : own.marketplace === ""));
    return {
      ...f,
      needs,
      refused: needs.length > 0 || f.problems.some((p) => p.fatal),
      stored: needs.length > 0 ? 0 : f.rows - f.duplicates - f.quarantined,
      marketplace: own.marketplace || f.marketplace,
      encoding: own.encoding || f.encoding,
      first_day: own.period_from || f.first_day,
      last_day: own.period_to || f.last_day,
    };
  });
}

function job(id: string): Job {
  const found = jobs.get(id);
  if (!found) throw { code: "not_found", module: "ingest", message: `There is no job ${id}.`, hint: "" };
  const { startedAt, length, ...shape } = found;
  const part = Math.min(1, (Date.now() - startedAt) / length);
  if (shape.state === "cancelled") return shape;
  if (part >= 1) return { ...shape, state: "done", done: shape.total };
  return {
    ...shape,
    done: Math.round(shape.total * part),
    files: [],
    rate_text: "4,100 rows a second",
    eta_text: "about 2 s left",
  };
}

/** ingest.API as it answers for a seller with a month of files. `window.__importMs` slows an import down for pictures. */
export function mockIngest() {
  const importMs = () => Number((window as { __importMs?: number }).__importMs ?? 1200);
  return {
    Freshness: async () => ({ kinds }),
    Documents: async ({ offset, limit }: { offset: number; limit: number }) => ({
      rows: documents.slice(offset, offset + limit),
      total: documents.length,
    }),
    Quarantine: async () => quarantine,
    Preview: async ({ paths, options }: ImportInput) =>
      start(
        "preview",
        filled(
          previewFiles.filter((f) => paths.includes(f.path) || paths.includes("/reports")),
          options,
        ),
        150,
      ),
    Import: async ({ paths, options }: ImportInput) =>
      start(
        "import",
        filled(
          previewFiles.filter((f) => paths.includes(f.path)),
          options,
        ),
        importMs(),
      ),
    Job: async ({ id }: { id: string }) => job(id),
    Cancel: async ({ id }: { id: string }) => {
      const found = jobs.get(id);
      if (found) jobs.set(id, { ...found, state: "cancelled", message: "Stopped. Files that were finished stay." });
      return {};
    },
  };
}
