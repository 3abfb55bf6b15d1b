import { useMemo } from "react";
import { useDisplay } from "@/lib/display";
import classes from "./chart.module.css";
import { cellText, type Twin, type TwinRow } from "./twin";

type Props = {
  title: string;
  twin: Twin;
  onRow?: (row: TwinRow) => void;
  openable: (row: TwinRow) => boolean;
  tall?: boolean;
};

/** The numbers of a chart as a table. */
export function TwinTable({ title, twin, onRow, openable, tall = false }: Props) {
  const { locale, now } = useDisplay();
  const rows = useMemo(
    () =>
      twin.rows.map((row) => ({
        row,
        texts: twin.columns.map((column, index) => ({
          column,
          text: cellText(row.cells[index] ?? null, column, locale, now),
        })),
      })),
    [twin, locale, now],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.twinBox} data-tall={tall} tabIndex={0} aria-label={`${title}, as a table`}>
      <table className={classes.twin} aria-label={title}>
        <thead>
          <tr>
            {twin.columns.map((column) => (
              <th key={column.title} scope="col" data-align={column.kind === "number" ? "end" : "start"}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, texts: [head, ...rest] }) => (
            <tr key={row.key}>
              <th scope="row">
                {onRow && openable(row) ? (
                  <button type="button" className={classes.link} onClick={() => onRow(row)}>
                    {head?.text}
                  </button>
                ) : (
                  head?.text
                )}
              </th>
              {rest.map(({ column, text }) => (
                <td key={column.title} data-align={column.kind === "number" ? "end" : "start"}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
