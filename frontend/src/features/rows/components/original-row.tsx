import { Link } from "@tanstack/react-router";
import type { Original } from "../api/original";
import { countsOf } from "../logic/counts";
import classes from "./rows.module.css";

type Props = { found: Original; counts: string | undefined };

/** The row as its columns, the lines around it, and the line as it stands. */
export function OriginalRow({ found, counts }: Props) {
  return (
    <div className={classes.original}>
      <Cells found={found} counts={counts} />
      <Around found={found} counts={counts} />
      <section>
        <h2>{found.path === "" ? "The line as it stands in the file" : `The part ${found.path} of the file`}</h2>
        <pre className={classes.raw}>{found.raw}</pre>
      </section>
    </div>
  );
}

function Cells({ found, counts }: Props) {
  const marked = countsOf(counts);
  const width = Math.max(found.header.length, found.cells.length);
  const cells = Array.from({ length: width }, (_, index) => ({
    heading: found.header[index] ?? "",
    text: found.cells[index] ?? "",
    place: index + 1,
  }));
  return (
    <section>
      <h2>Columns of line {found.line}</h2>
      <dl className={classes.cells}>
        {cells.map(({ heading, text, place }) => {
          const counted = marked(heading);
          return (
            <div key={place} data-counts={counted}>
              <dt>
                {heading === "" ? `Column ${place}` : heading}
                {counted && <span className={classes.mark}> counts</span>}
              </dt>
              <dd>{text === "" ? <span className={classes.empty}>empty</span> : text}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** The lines just before and after it, so that one sees where it stands. */
function Around({ found, counts }: Props) {
  const { before, after, cells, line, header } = found;
  const lines = [
    ...before.map((row) => ({ at: row.line, texts: row.cells })),
    { at: line, texts: cells },
    ...after.map((row) => ({ at: row.line, texts: row.cells })),
  ];
  return (
    <section>
      <h2>The lines around it</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section className={classes.around} tabIndex={0} aria-label="The lines around it">
        <table>
          <thead>
            <tr>
              <th scope="col">Line</th>
              {keyed(header).map(({ key, text }) => (
                <th key={key} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ at, texts }) => (
              <tr key={at} aria-current={at === line ? "true" : undefined}>
                <th scope="row">
                  {at === line ? (
                    at
                  ) : (
                    <Link to="/rows/original" search={{ document: found.document, line: at, counts }} replace>
                      {at}
                    </Link>
                  )}
                </th>
                {keyed(texts).map(({ key, text }) => (
                  <td key={key}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** Cells have no name of their own, only their place. */
function keyed(texts: readonly string[]): { key: string; text: string }[] {
  return texts.map((text, index) => ({ key: String(index), text }));
}
