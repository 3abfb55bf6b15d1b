import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { DataTableProps } from "./table-props";

type Input<Row> = Pick<DataTableProps<Row>, "rows" | "rowKey" | "selected" | "onSelect" | "pending"> & {
  /** Brings a row into sight. */
  scrollTo: (index: number) => void;
  /** The drawn row with this index. */
  find: (index: number) => HTMLElement | null;
};

/**
 * The row that keys move. Where the page holds it (selected), the table follows; a row that is not read yet is
 * told to the page as soon as it is.
 */
export function useRowCursor<Row>({ rows, rowKey, selected, onSelect, pending, scrollTo, find }: Input<Row>) {
  const [own, setOwn] = useState<string | undefined>(undefined);
  const [wanted, setWanted] = useState<number | null>(null);
  const focusNext = useRef(false);
  const key = selected ?? own;
  const held = useMemo(
    () => (key === undefined ? -1 : rows.findIndex((row) => rowKey(row) === key)),
    [rows, rowKey, key],
  );
  const index = wanted !== null && wanted < rows.length ? wanted : held;

  const go = useCallback(
    (to: number, focus: boolean) => {
      const row = rows[to];
      if (!row) return;
      focusNext.current = focus;
      scrollTo(to);
      if (pending?.(row)) {
        setWanted(to);
        return;
      }
      setWanted(null);
      setOwn(rowKey(row));
      onSelect?.(row);
      if (focus) find(to)?.focus();
    },
    [rows, rowKey, pending, onSelect, scrollTo, find],
  );

  useEffect(() => {
    if (wanted === null) return;
    const row = rows[wanted];
    if (!row) setWanted(null);
    else if (!pending?.(row)) go(wanted, focusNext.current);
  }, [wanted, rows, pending, go]);

  // A row far away is drawn only after the cursor came to it.
  useLayoutEffect(() => {
    if (!focusNext.current || index < 0) return;
    const row = find(index);
    const data = rows[index];
    if (!row || !data) return;
    // A row that is not read yet is drawn anew once it is, and must get the focus again.
    focusNext.current = pending?.(data) === true;
    if (document.activeElement !== row) row.focus({ preventScroll: true });
  });

  return { index, go };
}
