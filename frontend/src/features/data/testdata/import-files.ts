import type { JobFile } from "@/lib/types";

/** A previewed file with nothing wrong; change what the test is about. */
export function importFile(change: Partial<JobFile> = {}): JobFile {
  return {
    file: "orders.txt",
    path: "/reports/orders.txt",
    sha256: "ab",
    kind: "orders",
    kind_title: "All orders",
    marketplace: "US",
    rows: 0,
    stored: 0,
    duplicates: 0,
    quarantined: 0,
    first_day: "2026-10-24",
    last_day: "2026-11-23",
    encoding: "UTF-8",
    observed_at: "2026-11-24T06:10:00Z",
    unknown_columns: [],
    needs: [],
    problems: [],
    bad: [],
    refused: false,
    ...change,
  };
}
