import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { memo } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import type { Maturity } from "@/lib/types";
import type { Column, GroupHeading } from "./column";
import classes from "./data-table.module.css";
import { TickBox } from "./tick-box";
import type { ColumnMarks } from "./use-column-marks";

type Props<Row> = {
  row: Row;
  columns: readonly Column<Row>[];
  /** Begins the ids of the cells that name a row. */
  tableId: string;
  index: number;
  rowIndex: number;
  selected: boolean;
  /** undefined where rows cannot be ticked. */
  ticked: boolean | undefined;
  /** Whether the cursor may come to rows at all, and whether Tab comes to this one. */
  reach: "none" | "key" | "tab";
  group: ((row: Row) => GroupHeading | null) | undefined;
  /** What the headings say of all values of a column; the same object while nothing changed. */
  marks: ColumnMarks;
};

/** The table listens for all its rows, so that a row depends on nothing but what it shows. */
function Bare<Row>({ row, columns, tableId, index, rowIndex, selected, ticked, reach, group, marks }: Props<Row>) {
  const heading = group?.(row) ?? null;
  const [first, ...rest] = columns;
  const nameId = `${tableId}-${index}`;
  return (
    <tr
      className={classes.row}
      data-index={index}
      data-selectable={reach !== "none"}
      data-selected={selected}
      data-ticked={ticked}
      data-group={heading !== null || undefined}
      aria-rowindex={rowIndex}
      aria-current={selected || undefined}
      tabIndex={reach === "none" ? undefined : reach === "tab" ? 0 : -1}
    >
      {heading && first ? (
        <GroupCell heading={heading} span={ticked === undefined ? 1 : 2} />
      ) : (
        <>
          {ticked !== undefined && (
            <td className={classes.tickCell}>
              <TickBox checked={ticked} labelledBy={nameId} />
            </td>
          )}
          {first && <Cell column={first} row={row} id={nameId} said={marks[first.id]} />}
        </>
      )}
      {rest.map((column) => (
        <Cell key={column.id} column={column} row={row} said={marks[column.id]} />
      ))}
    </tr>
  );
}

type CellProps<Row> = { column: Column<Row>; row: Row; id?: string; said: Maturity | undefined };

function Cell<Row>({ column, row, id, said }: CellProps<Row>) {
  const shared = {
    id,
    className: classes.cell,
    "data-column": column.id,
    "data-align": column.align,
    "data-sticky": column.sticky,
    "data-said": said,
  };
  if (column.rowHeader) {
    return (
      <th scope="row" {...shared}>
        {column.render(row)}
      </th>
    );
  }
  return <td {...shared}>{column.render(row)}</td>;
}

function GroupCell({ heading: { label, count, collapsed }, span }: { heading: GroupHeading; span: number }) {
  const { locale } = useDisplay();
  const Chevron = collapsed ? IconChevronRight : IconChevronDown;
  return (
    <th scope="row" className={classes.cell} colSpan={span} data-sticky="true">
      <button type="button" className={classes.fold} data-fold="" tabIndex={-1} aria-expanded={!collapsed}>
        <Chevron size={14} stroke={1.8} aria-hidden="true" />
        {label} <span className={classes.count}>{formatNumber(count, locale)}</span>
      </button>
    </th>
  );
}

/** One row; drawn again only when it or its selection changes. */
export const DataRow = memo(Bare) as typeof Bare;
