import { useDisplay } from "@/lib/display";
import { notApplicable } from "@/lib/format";
import { Day } from "@/ui/day/day";
import type { KeptClass } from "../../api/kept";
import { allOf, holdingText } from "../../logic/kept";
import classes from "./kept.module.css";

type Props = { rows: readonly KeptClass[]; selected: string; onSelect: (name: string) => void };

/** The classes of data, one a row; the details of each open beside it. */
export function KeptTable({ rows, selected, onSelect }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label="Classes of data and how long they are kept">
      <table className={classes.table} aria-label="What is kept and how long">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Kept</th>
            <th scope="col">Rule</th>
            <th scope="col">There is</th>
            <th scope="col" data-align="end">
              Oldest
            </th>
            <th scope="col">Goes next</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.name} row={row} selected={row.name === selected} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type RowProps = { row: KeptClass; selected: boolean; onSelect: (name: string) => void };

function Row({ row, selected, onSelect }: RowProps) {
  const { locale } = useDisplay();
  const all = allOf(row);
  const [rule] = row.figures;
  return (
    // The button in the row does the same by keyboard.
    <tr data-selected={selected} onClick={() => onSelect(row.name)}>
      <th scope="row">
        <button type="button" className={classes.title} aria-pressed={selected}>
          {row.title}
        </button>
        <span className={classes.about}>{row.about}</span>
      </th>
      <td>
        {row.kept}
        {row.changed !== "" && <span className={classes.changed}>◆ changed by you</span>}
        {row.edit !== "" && row.changed === "" && <span className={classes.small}>you can change it</span>}
      </td>
      <td>
        {rule ? (
          <>
            {rule.text}
            <span className={classes.source} title={rule.source}>
              {rule.source}
            </span>
            <span className={classes.small}>
              <Day value={rule.date} />
            </span>
          </>
        ) : (
          notApplicable
        )}
      </td>
      <td>{holdingText(all, locale)}</td>
      <td data-align="end">
        <Day value={all.oldest} />
      </td>
      <td>{row.next.text === "" ? notApplicable : row.next.text}</td>
    </tr>
  );
}
