import type { ReactNode } from "react";

export type Column<Row> = {
  id: string;
  title: string;
  /** Numbers go to the end side, in tabular figures. */
  align?: "start" | "end";
  sortable?: boolean;
  /** What the column means, on hover and focus of its heading. */
  help?: ReactNode;
  /** The column that names the row, read out by screen readers. */
  rowHeader?: boolean;
  width?: number;
  /** Stays in sight when the table is scrolled sideways; only for the first column. */
  sticky?: boolean;
  /** Must stay where it is: the menu of its heading neither hides nor moves it. */
  fixed?: boolean;
  render: (row: Row) => ReactNode;
};

export type Sort = { id: string; desc: boolean };

/** What a row that stands for a group of rows says. Its key is that of the row. */
export type GroupHeading = {
  label: string;
  /** Rows of the group, counted also while it is collapsed. */
  count: number;
  collapsed: boolean;
};

/** What the menu of a heading offers, besides sorting; what is absent is not offered. */
export type ColumnActions = {
  onHide?: (id: string) => void;
  /** Moves the column by one place: -1 to the left, 1 to the right. */
  onMove?: (id: string, by: -1 | 1) => void;
  onFilter?: (id: string) => void;
  /** Opens what the column means. */
  onExplain?: (id: string) => void;
};
