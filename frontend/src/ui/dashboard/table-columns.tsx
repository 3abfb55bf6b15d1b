import { useMemo } from "react";
import type { Column, Reference, Table, TableSpec, Value, ViewInput } from "@/lib/dashboards/types";
import type { PlacedRow } from "@/lib/dashboards/use-table-windows";
import { alignOf, cellValue, columnHeading, isChange, numberOf } from "@/lib/dashboards/wording";
import { useDisplay } from "@/lib/display";
import type { Column as TableColumn } from "../data-table/column";
import { Fact } from "../fact/fact";
import classes from "./table-section.module.css";

/** Id of the column that names the row; Go sorts by it under the same name. */
export const subjectColumn = "subject";

type Input = {
  spec: TableSpec;
  columns: readonly Column[] | undefined;
  view: ViewInput;
  define: (reference: Reference) => void;
};

/** The columns of a table for the eye: the subject, then what Go says. */
export function useTableColumns({ spec, columns, view, define }: Input): TableColumn<PlacedRow>[] {
  return useMemo(
    () => [
      {
        id: subjectColumn,
        title: spec.title,
        rowHeader: true,
        sticky: true,
        fixed: true,
        sortable: !spec.list,
        render: (row) => (row.pending ? <span className={classes.pending}>Reading</span> : <Subject row={row} />),
      },
      ...(columns ?? []).map(
        (column, index): TableColumn<PlacedRow> => ({
          id: column.name,
          title: columnHeading(column),
          align: alignOf(column),
          sortable: column.sortable,
          help: column.meaning === "" ? undefined : <ColumnHelp column={column} />,
          render: (row) => {
            const value = row.cells[index];
            if (!value) return null;
            // The numbers of a list stand in the file as they are; those of a group are sums of what is below.
            const explains = !spec.list && row.kind === "row" && column.type !== "line";
            const ask = () => define({ name: numberOf(column.name), subject: row.subject, view });
            return <Cell value={value} column={column} onDefine={explains ? ask : undefined} />;
          },
        }),
      ),
    ],
    [spec, columns, view, define],
  );
}

type CellProps = { value: Value; column: Column; onDefine?: () => void };

/** A value in the form of its column. */
export function Cell({ value, column, onDefine }: CellProps) {
  const { locale, now } = useDisplay();
  if (value.text === "" && column.type !== "line") return null;
  return (
    <Fact
      value={cellValue(value, column, locale, now)}
      type={column.type}
      change={isChange(column.name)}
      focusable={false}
      onDefine={onDefine}
    />
  );
}

function Subject({ row }: { row: PlacedRow }) {
  return (
    <span className={classes.subject}>
      <span className={classes.label}>{row.label}</span>
      {row.tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      {row.detail !== "" && (
        <span className={classes.detail} title={row.detail}>
          {row.detail}
        </span>
      )}
    </span>
  );
}

/** What a column means, how it is computed, over which days, and what it rests on. */
export function ColumnHelp({ column }: { column: Column }) {
  return (
    <span className={classes.help}>
      <span>{column.meaning}</span>
      {column.formula !== "" && <span>Computed: {column.formula}</span>}
      <span>{column.measure ? "Over the range that is shown" : "As of today, whatever the range"}</span>
      {column.sources.length > 0 && <span>From: {column.sources.join(", ")}</span>}
    </span>
  );
}

/** What stands under a column in the line of totals. */
export function totalOf(table: Table, id: string) {
  const index = table.columns.findIndex((column) => column.name === id);
  const [column, value] = [table.columns[index], table.totals[index]];
  if (!column || !value || value.text === "") return null;
  return <Cell value={{ ...value, text: unbroken(value.text) }} column={column} />;
}

/** Amounts of several currencies, which may be broken between each other but not within. */
function unbroken(text: string): string {
  return text
    .split(" · ")
    .map((part) => part.replaceAll(" ", "\u00a0"))
    .join(" · ");
}
