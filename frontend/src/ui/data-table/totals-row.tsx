import { memo, type ReactNode } from "react";
import type { Column } from "./column";
import classes from "./data-table.module.css";
import type { ColumnMarks } from "./use-column-marks";

type Props<Row> = {
  columns: readonly Column<Row>[];
  totals: (column: Column<Row>) => ReactNode;
  rowIndex: number;
  ticks: boolean;
  marks: ColumnMarks;
};

/** The totals of the whole table, which stay in sight under its rows. */
function Bare<Row>({ columns, totals, rowIndex, ticks, marks }: Props<Row>) {
  const [first, ...rest] = columns;
  return (
    <tfoot>
      <tr aria-rowindex={rowIndex}>
        <th scope="row" colSpan={ticks ? 2 : 1} className={classes.total} data-sticky={first?.sticky}>
          {(first && totals(first)) ?? "Total"}
        </th>
        {rest.map((column) => (
          <td key={column.id} className={classes.total} data-align={column.align} data-said={marks[column.id]}>
            {totals(column)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

/** Drawn again only when the columns or their totals change, not with the cursor. */
export const TotalsRow = memo(Bare) as typeof Bare;
