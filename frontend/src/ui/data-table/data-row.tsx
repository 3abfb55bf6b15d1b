import { memo, type ReactNode } from "react";
import type { Column } from "./column";
import classes from "./data-table.module.css";

type Props<Row> = {
  row: Row;
  columns: readonly Column<Row>[];
  index: number;
  rowIndex: number;
  selected: boolean;
  focusable: boolean;
  onSelect: ((row: Row) => void) | undefined;
  onOpen: ((row: Row) => void) | undefined;
};

function Bare<Row>({ row, columns, index, rowIndex, selected, focusable, onSelect, onOpen }: Props<Row>) {
  return (
    <tr
      className={classes.row}
      data-index={index}
      data-selectable={onSelect !== undefined}
      data-selected={selected}
      aria-rowindex={rowIndex}
      aria-current={selected || undefined}
      tabIndex={onSelect ? (focusable ? 0 : -1) : undefined}
      onClick={() => onSelect?.(row)}
      onDoubleClick={() => onOpen?.(row)}
    >
      {columns.map((column) => cell(column, column.render(row)))}
    </tr>
  );
}

function cell<Row>(column: Column<Row>, content: ReactNode): ReactNode {
  if (column.rowHeader) {
    return (
      <th key={column.id} scope="row" className={classes.cell} data-align={column.align} data-sticky={column.sticky}>
        {content}
      </th>
    );
  }
  return (
    <td key={column.id} className={classes.cell} data-align={column.align} data-sticky={column.sticky}>
      {content}
    </td>
  );
}

/** One row; drawn again only when it or its selection changes. */
export const DataRow = memo(Bare) as typeof Bare;
