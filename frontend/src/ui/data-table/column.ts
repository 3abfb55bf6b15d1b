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
  render: (row: Row) => ReactNode;
};

export type Sort = { id: string; desc: boolean };
