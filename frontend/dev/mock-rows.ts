import type { Original } from "../src/features/rows/api/original";

const header = ["amazon-order-id", "purchase-date", "sku", "order-status", "quantity", "item-price", "currency"];

/** ingest.API.Original of one made-up file of orders. */
export function mockOriginal({ document, line }: { document: number; line: number }): Original {
  const lines = 4121;
  if (line < 2 || line > lines) {
    throw {
      code: "not_found",
      module: "sellercentral",
      message:
        line < 2
          ? `“all-orders.txt” has no row at line ${line}: its rows begin below the heading in line 1.`
          : `“all-orders.txt” has no row at line ${line}: it ends at line ${lines}.`,
      hint: "",
    };
  }
  const around = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({
      line: from + index,
      cells: row(from + index),
    }));
  return {
    document,
    file: "all-orders-2026-11-25.txt",
    kind: "orders",
    kind_title: "All orders",
    imported_at: "2026-11-25T06:14:00Z",
    as_of: "2026-11-25T06:10:00Z",
    line,
    lines,
    header,
    cells: row(line),
    raw: row(line).join("\t"),
    path: "",
    before: around(Math.max(2, line - 3), line - 1),
    after: around(line + 1, Math.min(lines, line + 3)),
  };
}

function row(line: number): string[] {
  const units = 1 + (line % 3);
  const sku = `SKU-${String(1 + (line % 40)).padStart(3, "0")}`;
  const day = String(1 + (line % 24)).padStart(2, "0");
  const status = line % 9 === 0 ? "Cancelled" : "Shipped";
  return [
    `113-${4_000_000 + line}`,
    `2026-11-${day}T08:1${line % 10}:00Z`,
    sku,
    status,
    String(units),
    (24.9 * units).toFixed(2),
    "USD",
  ];
}
