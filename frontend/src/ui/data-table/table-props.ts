import type { ReactNode } from "react";
import type { Column, ColumnActions, GroupHeading, Sort } from "./column";

export type Density = "comfortable" | "default" | "compact";

export type DataTableProps<Row> = {
  /** Names the table for screen readers. */
  label: string;
  rows: readonly Row[];
  /** Give a memoised list: rows are drawn again when it changes. */
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** The order the rows already have; sorting itself is done where the data is. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Key of the row the cursor is on. Without it the table keeps its own cursor. */
  selected?: string;
  /** The cursor came to a row, by key or click. */
  onSelect?: (row: Row) => void;
  /** Enter or double click. */
  onOpen?: (row: Row) => void;
  /** "." or right click: a menu of actions for the row is wanted beside the anchor. */
  onActions?: (row: Row, anchor: HTMLElement) => void;
  /** Keys of the ticked rows; with onSelectKeys there is a column of checkboxes. */
  selectedKeys?: ReadonlySet<string>;
  onSelectKeys?: (keys: ReadonlySet<string>) => void;
  /** Ticks all rows there are, also those not read yet; without it Ctrl+A ticks those that are. */
  onSelectAll?: () => void;
  /** Says of a row that it is the heading of a group; its cells are the subtotals. */
  group?: (row: Row) => GroupHeading | null;
  onToggleGroup?: (key: string, collapse: boolean) => void;
  /** Rows that are not read yet and only hold their place: nothing can be done with them. */
  pending?: (row: Row) => boolean;
  /** What stands under a column in the footer that stays in sight; null for nothing. Give a memoised function. */
  totals?: (column: Column<Row>) => ReactNode;
  columnActions?: ColumnActions;
  /** Overrides the density of the settings. */
  density?: Density;
  /** All rows there are, when `rows` is a window of them. */
  total?: number;
  /** Index of the first of `rows` among all of them. */
  offset?: number;
  /** Told which rows are drawn, first and last, so that more can be read. Give a memoised function. */
  onRange?: (first: number, last: number) => void;
};
