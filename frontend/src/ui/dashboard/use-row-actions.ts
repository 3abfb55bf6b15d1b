import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { scopeAndRange } from "@/lib/dashboards/search";
import type { Column } from "@/lib/dashboards/types";
import type { PlacedRow } from "@/lib/dashboards/use-table-windows";
import { numberOf } from "@/lib/dashboards/wording";
import { useDashboard } from "./dashboard-context";
import { useDefine } from "./define-context";
import type { TableState } from "./use-table-state";

/** What a row leads to: the number it is sorted by, the rows behind that, and its SKU. */
export function useRowActions({ spec, table }: TableState) {
  const { view, search } = useDashboard();
  const define = useDefine();
  const navigate = useNavigate();
  return useMemo(() => {
    const sorted = spec.list ? undefined : sortColumn(table?.columns ?? [], table?.sort ?? "");
    return {
      /** The column whose number of the row is asked about; undefined in lists. */
      numberOf: (row: PlacedRow): Column | undefined => (row.subject === "" ? undefined : sorted),
      skuOf: (row: PlacedRow) =>
        spec.subject === "sku" || (spec.list && row.subject.includes("/")) ? row.subject : "",
      define: (row: PlacedRow) => {
        if (sorted) define({ name: numberOf(sorted.name), subject: row.subject, view });
      },
      rows: (row: PlacedRow) => {
        if (sorted) {
          const number = { name: numberOf(sorted.name), subject: row.subject };
          void navigate({ to: "/rows", search: { ...number, ...scopeAndRange(search) } });
        } else if (row.document > 0) {
          void navigate({ to: "/rows/original", search: { document: row.document, line: row.line } });
        }
      },
    };
  }, [spec, table?.columns, table?.sort, view, search, define, navigate]);
}

/** The column in whose order the rows are; the first one when they are in the order of their names. */
function sortColumn(columns: readonly Column[], sort: string): Column | undefined {
  return columns.find((column) => column.name === sort) ?? columns.find((column) => column.type !== "line");
}
