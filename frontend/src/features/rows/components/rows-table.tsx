import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useAnnounce } from "@/lib/announce";
import type { Column as Heading } from "@/lib/dashboards/types";
import { DataTable } from "@/ui/data-table/data-table";
import { countsText } from "../logic/counts";
import { rowColumns } from "./row-columns";
import classes from "./rows.module.css";
import type { PlacedRow } from "./use-row-windows";

type Props = {
  title: string;
  headings: readonly Heading[];
  rows: readonly PlacedRow[];
  files: ReadonlyMap<number, string>;
  total: number;
  at: number;
  onAt: (index: number) => void;
  onRange: (first: number, last: number) => void;
};

const key = (row: PlacedRow) => row.key;
const isPending = (row: PlacedRow) => row.pending === true;

/** The rows behind a number, the cursor on one of them; Enter opens it as it stands in its file. */
export function RowsTable({ title, headings, rows, files, total, at, onAt, onRange }: Props) {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const box = useRef<HTMLDivElement>(null);
  const named = rows.some((row) => row.label !== "");
  const columns = useMemo(() => rowColumns(headings, files, named), [headings, files, named]);
  useFirstFocus(box);
  const open = useCallback(
    (row: PlacedRow) => {
      if (row.pending) return;
      if (row.document === 0) {
        announce("You entered this yourself, so there is no file behind it.");
        return;
      }
      const search = { document: row.document, line: row.line, counts: countsText(headings) };
      void navigate({ to: "/rows/original", search });
    },
    [navigate, announce, headings],
  );
  const select = useCallback((row: PlacedRow) => onAt(rows.indexOf(row)), [rows, onAt]);
  return (
    <div ref={box} className={classes.table}>
      <DataTable
        label={`Rows behind ${title}`}
        rows={rows}
        columns={columns}
        rowKey={key}
        selected={rows[at]?.key}
        onSelect={select}
        onOpen={open}
        pending={isPending}
        total={total}
        onRange={onRange}
      />
    </div>
  );
}

/** The row under the cursor takes the focus when the table comes, so that Enter opens it at once. */
function useFirstFocus(box: React.RefObject<HTMLDivElement | null>) {
  useEffect(() => {
    const row = box.current?.querySelector<HTMLElement>('tbody tr[tabindex="0"]');
    row?.focus();
  }, [box]);
}
