import { Link } from "@tanstack/react-router";
import type { BadRow } from "@/lib/types";
import classes from "./inspector.module.css";

type Props = {
  rows: readonly BadRow[];
  /** Of a file that was taken in: its lines can then be opened. */
  document?: number;
};

/** Rows that could not be read: where, why, and what stood there. */
export function BadRows({ rows, document }: Props) {
  return (
    <ul className={classes.bad}>
      {rows.map((row) => (
        <li key={`${row.line}/${row.column}`}>
          <span>{row.reason}</span>
          <span className={classes.where}>
            {document === undefined || row.line < 1 ? (
              <span>Line {row.line}</span>
            ) : (
              <Link to="/rows/original" search={{ document, line: row.line }}>
                Line {row.line}
              </Link>
            )}
            {row.column !== "" && <span>{row.column}</span>}
          </span>
          {row.text !== "" && <code className={classes.raw}>{row.text}</code>}
        </li>
      ))}
    </ul>
  );
}

/** Bad rows as tab-separated text, for a spreadsheet. Tabs and line breaks within become spaces. */
export function badRowsText(rows: readonly BadRow[]): string {
  const flat = (text: string) => text.replace(/[\t\r\n]+/g, " ");
  const lines = rows.map((r) => [String(r.line), r.column, r.reason, r.text].map(flat).join("\t"));
  return ["Line\tColumn\tReason\tText", ...lines].join("\n");
}
