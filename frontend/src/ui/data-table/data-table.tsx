import { type CSSProperties, useCallback, useId, useMemo, useRef } from "react";
import { useDisplay } from "@/lib/display";
import { DataRow } from "./data-row";
import classes from "./data-table.module.css";
import { rowParts } from "./row-parts";
import { tableActs } from "./table-acts";
import { TableHead } from "./table-head";
import type { DataTableProps } from "./table-props";
import { TotalsRow } from "./totals-row";
import { type ColumnMarks, useColumnMarks } from "./use-column-marks";
import { useRowCursor } from "./use-row-cursor";
import { useRowWindow } from "./use-row-window";
import { useTableKeys } from "./use-table-keys";
import { useTicks } from "./use-ticks";

export type { Column, ColumnActions, GroupHeading, Sort } from "./column";
export type { DataTableProps, Density } from "./table-props";

const rowHeights = { comfortable: 40, default: 32, compact: 26 };

/** A real table that only draws the rows in sight: spacer rows stand for the others. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, columns, total, totals } = props;
  const settings = useDisplay();
  const height = rowHeights[props.density ?? settings.density];
  const scroller = useRef<HTMLElement>(null);
  const find = useCallback(
    (index: number) => scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`) ?? null,
    [],
  );
  const ticks = useTicks(props);
  const ids = useMemo(() => columns.map((column) => column.id), [columns]);
  const marks = useColumnMarks(scroller, ids);
  const window = useRowWindow({ ...props, scroller, height });
  const cursor = useRowCursor({ ...props, scrollTo: window.scrollTo, find });
  const reachable = [props.onSelect, props.onOpen, props.onActions, props.onSelectKeys].some((f) => f !== undefined);
  const acts = tableActs(props, { cursor, ticks, find, reachable });
  const onKeyDown = useTableKeys({
    scroller,
    enabled: reachable,
    ticks: ticks.enabled,
    actions: props.onActions !== undefined,
    index: cursor.index,
    count: rows.length,
    act: acts.act,
  });
  const count = (total ?? rows.length) + 1;
  return (
    <section
      ref={scroller}
      className={classes.scroller}
      data-table=""
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
      tabIndex={0}
      style={{ "--row": `${height}px` } as CSSProperties}
    >
      <table
        className={classes.table}
        data-ticks={ticks.enabled || undefined}
        aria-label={label}
        aria-rowcount={totals ? count + 1 : count}
        onKeyDown={onKeyDown}
        onClick={acts.onClick}
        onDoubleClick={acts.onDoubleClick}
        onContextMenu={acts.onContextMenu}
      >
        <TableHead
          columns={columns}
          sort={props.sort}
          onSort={props.onSort}
          columnActions={props.columnActions}
          ticks={ticks}
          marks={marks}
        />
        <Rows
          {...props}
          height={height}
          window={window}
          cursor={cursor.index}
          ticks={ticks}
          reachable={reachable}
          marks={marks}
        />
        {totals && (
          <TotalsRow columns={columns} totals={totals} rowIndex={count + 1} ticks={ticks.enabled} marks={marks} />
        )}
      </table>
    </section>
  );
}

type RowsProps<Row> = DataTableProps<Row> & {
  height: number;
  window: Pick<ReturnType<typeof useRowWindow<Row & object>>, "model" | "first" | "last">;
  cursor: number;
  ticks: ReturnType<typeof useTicks>;
  reachable: boolean;
  marks: ColumnMarks;
};

function Rows<Row>(props: RowsProps<Row>) {
  const { rows, columns, offset = 0, height, window, cursor, ticks, reachable, group, marks } = props;
  const tableId = useId();
  const { model, first, last } = window;
  const parts = useMemo(() => rowParts(first, last, rows.length, cursor), [first, last, rows.length, cursor]);
  const span = columns.length + (ticks.enabled ? 1 : 0);
  return (
    <tbody>
      {parts.map((part) => {
        if (part.kind === "gap") return <Gap key={part.key} height={part.rows * height} span={span} />;
        const row = rows[part.index];
        const key = model[part.index]?.id;
        if (!row || key === undefined) return null;
        const current = part.index === cursor;
        return (
          <DataRow
            key={key}
            row={row}
            columns={columns}
            tableId={tableId}
            index={part.index}
            rowIndex={offset + part.index + 2}
            selected={current}
            ticked={ticks.enabled ? ticks.keys.has(key) : undefined}
            reach={!reachable ? "none" : current || (cursor < 0 && part.index === 0) ? "tab" : "key"}
            group={group}
            marks={marks}
          />
        );
      })}
    </tbody>
  );
}

function Gap({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row cannot take the focus.
    <tr aria-hidden="true" className={classes.spacer}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}
