import type { Column as Heading } from "@/lib/dashboards/types";
import type { Column } from "@/ui/data-table/column";
import { Fact } from "@/ui/fact/fact";
import classes from "./rows.module.css";
import type { PlacedRow } from "./use-row-windows";

/** The figures of the rows, before them the file and line that each came in. */
export function rowColumns(
  headings: readonly Heading[],
  files: ReadonlyMap<number, string>,
  named: boolean,
): Column<PlacedRow>[] {
  const from: Column<PlacedRow> = {
    id: "file",
    title: "File and line",
    rowHeader: true,
    sticky: true,
    render: (row) => <From row={row} files={files} />,
  };
  const subject: Column<PlacedRow> = { id: "subject", title: "About", render: (row) => row.label };
  const cells = headings.map(
    (heading, index): Column<PlacedRow> => ({
      id: heading.name,
      title: heading.title,
      align: isNumber(heading) ? "end" : "start",
      help: heading.meaning === "" ? undefined : heading.meaning,
      render: (row) => {
        const value = row.cells[index];
        return value && <Fact value={value} type={heading.type} focusable={false} />;
      },
    }),
  );
  return [from, ...(named ? [subject] : []), ...cells];
}

function isNumber({ type }: Heading): boolean {
  return type !== "text" && type !== "flag";
}

function From({ row, files }: { row: PlacedRow; files: ReadonlyMap<number, string> }) {
  if (row.pending) return null;
  if (row.document === 0) return "entered by you";
  return (
    <>
      {files.get(row.document) ?? "a file"} <span className={classes.line}>line {row.line}</span>
    </>
  );
}
