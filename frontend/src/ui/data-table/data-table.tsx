import { Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { rowSortingFeature, type SortingState, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { useDisplay } from "@/lib/display";
import type { Column, Sort } from "./column";
import { DataRow } from "./data-row";
import classes from "./data-table.module.css";
import { moveTo } from "./row-keys";

type Props<Row> = {
  /** Names the table for screen readers. */
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** The order the rows already have; sorting itself is done where the data is. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  selected?: string;
  onSelect?: (row: Row) => void;
  onOpen?: (row: Row) => void;
  /** All rows there are, when `rows` is a window of them. */
  total?: number;
  /** Index of the first of `rows` among all of them. */
  offset?: number;
  /** Told which rows are drawn, first and last, so that more can be read. Give a memoised function. */
  onRange?: (first: number, last: number) => void;
};

const features = tableFeatures({ rowSortingFeature });
const rowHeights = { comfortable: 40, default: 32, compact: 26 };

/** A real table that only draws the rows in sight: spacer rows stand for the others. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { label, rows, columns, rowKey, sort, onSort, selected, onSelect, onOpen, total, offset = 0, onRange } = props;
  const { density } = useDisplay();
  const scroller = useRef<HTMLDivElement>(null);
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
    onSortingChange: () => {},
  });
  const model = table.getRowModel().rows;
  const height = rowHeights[density];
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    initialRect: { width: 1000, height: 800 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height means measuring again.
  useEffect(() => virtual.measure(), [virtual, height]);

  const cursor = selected === undefined ? -1 : model.findIndex((row) => row.id === selected);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveTo(event.key, cursor, model.length);
    if (next !== null) {
      const row = model[next];
      if (!row || !onSelect) return;
      event.preventDefault();
      onSelect(row.original);
      virtual.scrollToIndex(next);
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
    } else if (event.key === "Enter" && onOpen && event.target instanceof HTMLTableRowElement) {
      const row = model[cursor];
      if (row) onOpen(row.original);
    }
  };

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [onRange, first, last]);
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section ref={scroller} className={classes.scroller} aria-label={label} tabIndex={0}>
      <table
        className={classes.table}
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Spacer height={before} span={columns.length} />}
          {items.map((item) => {
            const row = model[item.index];
            if (!row) return null;
            const isSelected = row.id === selected;
            return (
              <DataRow
                key={row.id}
                row={row.original}
                columns={columns}
                index={item.index}
                rowIndex={offset + item.index + 2}
                selected={isSelected}
                focusable={onSelect !== undefined && (isSelected || (cursor < 0 && item.index === 0))}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            );
          })}
          {after > 0 && <Spacer height={after} span={columns.length} />}
        </tbody>
      </table>
    </section>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row cannot take the focus.
    <tr aria-hidden="true" className={classes.spacer}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

type HeaderProps<Row> = { column: Column<Row>; sort: Sort | undefined; onSort: ((sort: Sort) => void) | undefined };

function HeaderCell<Row>({ column, sort, onSort }: HeaderProps<Row>) {
  const active = sort?.id === column.id;
  const direction = active ? (sort.desc ? "descending" : "ascending") : undefined;
  const Arrow = sort?.desc ? IconChevronDown : IconChevronUp;
  const title =
    column.sortable && onSort ? (
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSort({ id: column.id, desc: active ? !sort.desc : column.align === "end" })}
      >
        {column.title}
        {active && <Arrow size={13} stroke={1.8} aria-hidden="true" />}
      </button>
    ) : (
      <span>{column.title}</span>
    );
  return (
    <th
      scope="col"
      className={classes.heading}
      data-align={column.align}
      data-sticky={column.sticky}
      aria-sort={direction}
      style={{ width: column.width }}
    >
      {column.help ? <Tooltip label={column.help}>{title}</Tooltip> : title}
    </th>
  );
}
