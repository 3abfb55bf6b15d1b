import { memo, useState } from "react";
import { ColumnMenu, hasColumnMenu } from "./column-menu";
import classes from "./data-table.module.css";
import { HeaderCell } from "./header-cell";
import type { DataTableProps } from "./table-props";
import { TickBox } from "./tick-box";
import type { ColumnMarks } from "./use-column-marks";
import type { useTicks } from "./use-ticks";

type Props<Row> = Pick<DataTableProps<Row>, "columns" | "sort" | "onSort" | "columnActions"> & {
  ticks: ReturnType<typeof useTicks>;
  marks: ColumnMarks;
};

const noActions = {};

/** The headings, with the one menu they share. */
function Bare<Row>({ columns, sort, onSort, columnActions, ticks, marks }: Props<Row>) {
  const [menu, setMenu] = useState<{ id: string; anchor: HTMLElement } | null>(null);
  return (
    <thead>
      <tr aria-rowindex={1}>
        {ticks.enabled && (
          <th scope="col" className={classes.tickHeading}>
            <TickBox checked={ticks.all} mixed={ticks.some} label="Select all rows" onChange={ticks.toggleAll} />
          </th>
        )}
        {columns.map((column, at) => (
          <HeaderCell
            key={column.id}
            column={column}
            sort={sort}
            onSort={onSort}
            onMenu={
              hasColumnMenu(columns, at, onSort, columnActions) ? (id, anchor) => setMenu({ id, anchor }) : undefined
            }
            menuOpen={menu?.id === column.id}
            mark={marks[column.id]}
          />
        ))}
      </tr>
      {menu && (
        <ColumnMenu
          opened={menu}
          columns={columns}
          onSort={onSort}
          actions={columnActions ?? noActions}
          onClose={() => setMenu(null)}
        />
      )}
    </thead>
  );
}

/** Drawn again only when a heading changes, not with the cursor. */
export const TableHead = memo(Bare) as typeof Bare;
