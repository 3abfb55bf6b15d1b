import { useMemo } from "react";
import { useDisplay } from "@/lib/display";
import type { Column } from "@/ui/data-table/column";
import { DataTable } from "@/ui/data-table/data-table";
import { Fact } from "@/ui/fact/fact";
import type { FactCell, FactColumn, FactTable as Table } from "../api/types";
import type { ShownColumn } from "../logic/columns";
import type { ModuleSearch } from "../logic/search";
import { columnHeading, shownCell, subjectTexts } from "../logic/wording";
import { ColumnHelp } from "./column-help";
import classes from "./module.module.css";
import type { TableRow } from "./use-fact-windows";

type Props = {
  table: Table;
  rows: TableRow[];
  total: number;
  shown: ShownColumn[];
  search: ModuleSearch;
  onChange: (change: ModuleSearch) => void;
  onRange: (first: number, last: number) => void;
  titles: readonly { kind: string; title: string }[];
};

const subjectColumn = "subject";
const key = (row: TableRow) => row.subject;

/** Every subject with the chosen facts; sorted and filtered by Go. */
export function FactTable({ table, rows, total, shown, search, onChange, onRange, titles }: Props) {
  const kind = (table.subject_kinds.find((k) => k.kind === search.kind) ?? table.subject_kinds[0])?.title ?? "Subject";
  const columns = useMemo(() => tableColumns(kind, shown, titles), [kind, shown, titles]);
  return (
    <DataTable
      label={`Facts of ${table.title}`}
      rows={rows}
      total={total}
      columns={columns}
      rowKey={key}
      sort={{ id: search.sort ?? subjectColumn, desc: search.desc ?? false }}
      onSort={({ id, desc }) => onChange({ sort: id === subjectColumn ? undefined : id, desc: desc || undefined })}
      selected={search.sel}
      onSelect={(row) => {
        if (!row.pending) onChange({ sel: row.subject });
      }}
      onRange={onRange}
    />
  );
}

function tableColumns(kind: string, shown: ShownColumn[], titles: Props["titles"]): Column<TableRow>[] {
  return [
    {
      id: subjectColumn,
      title: kind,
      rowHeader: true,
      sticky: true,
      sortable: true,
      render: (row) => (row.pending ? <span className={classes.pending}>Reading</span> : <Subject row={row} />),
    },
    ...shown.map(
      ({ column, index }): Column<TableRow> => ({
        id: column.name,
        title: columnHeading(column),
        align: column.type === "text" || column.type === "flag" ? "start" : "end",
        sortable: true,
        help: <ColumnHelp column={column} titles={titles} />,
        render: (row) => {
          const cell = row.cells[index];
          return cell ? <Cell cell={cell} column={column} /> : null;
        },
      }),
    ),
  ];
}

function Cell({ cell, column }: { cell: FactCell; column: FactColumn }) {
  const { locale, now } = useDisplay();
  return <Fact value={shownCell(cell, column, locale, now)} type={column.type === "money" ? "money" : undefined} />;
}

function Subject({ row }: { row: TableRow }) {
  const { label, detail } = subjectTexts(row);
  return (
    <span className={classes.subject}>
      <span className={classes.label}>{label}</span>
      {detail !== "" && (
        <span className={classes.detail} title={detail}>
          {detail}
        </span>
      )}
    </span>
  );
}
