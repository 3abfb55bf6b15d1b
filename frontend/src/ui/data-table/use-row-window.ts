import { rowSortingFeature, type SortingState, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useMemo } from "react";
import type { DataTableProps } from "./table-props";

const features = tableFeatures({ rowSortingFeature });
const noChange = () => {};

/** Height of the headings, which lie over the rows that are scrolled under them. */
export const headingHeight = 32;

type Input<Row> = Pick<DataTableProps<Row>, "rows" | "columns" | "rowKey" | "sort" | "onRange" | "totals"> & {
  scroller: RefObject<HTMLElement | null>;
  /** Of a row, in pixels. */
  height: number;
};

/** Which rows are drawn: those in sight and a few around them. */
export function useRowWindow<Row extends object>(input: Input<Row>) {
  const { rows, columns, rowKey, sort, onRange, totals, scroller, height } = input;
  const table = useTable({
    features,
    data: rows,
    columns: useMemo(
      () =>
        columns.map(({ id, title, sortable }) => ({
          id,
          header: title,
          accessorFn: () => null,
          enableSorting: sortable ?? false,
        })),
      [columns],
    ),
    getRowId: rowKey,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting: useMemo<SortingState>(() => (sort ? [sort] : []), [sort]) },
    onSortingChange: noChange,
  });
  const model = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    initialRect: { width: 1000, height: 800 },
    scrollPaddingEnd: headingHeight + (totals ? height : 0),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height means measuring again.
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [onRange, first, last]);
  const scrollTo = useCallback((index: number) => virtual.scrollToIndex(index), [virtual]);
  return { model, first, last, scrollTo };
}
