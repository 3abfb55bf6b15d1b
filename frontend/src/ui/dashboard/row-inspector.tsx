import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { tableQuery } from "@/lib/dashboards/queries";
import { scopeAndRange } from "@/lib/dashboards/search";
import type { Column, TableRow, Value } from "@/lib/dashboards/types";
import { isChange, numberOf } from "@/lib/dashboards/wording";
import { Inspector, InspectorSection } from "../inspector/inspector";
import { ErrorState } from "../state-card/error-state";
import { LoadingRows } from "../state-card/loading-rows";
import { StateCard } from "../state-card/state-card";
import { useDashboard } from "./dashboard-context";
import { useDefine } from "./define-context";
import { PageChart } from "./page-chart";
import classes from "./row-inspector.module.css";
import { Cell } from "./table-columns";
import { useRowActions } from "./use-row-actions";
import type { TableState } from "./use-table-state";

type Props = { state: TableState; sel: string; onClose: () => void };

/** The details of a row: its figures with what they are, its own charts, and where to go on. */
export function RowInspector({ state, sel, onClose }: Props) {
  const read = useRow(state, sel);
  return (
    <Inspector label={`Details of ${read.row?.label ?? sel}`} onClose={onClose}>
      {read.pending && <LoadingRows rows={8} label="Reading the details" />}
      {read.error && <ErrorState effect="The details could not be read." error={read.error} onRetry={read.again} />}
      {read.row && <Details state={state} row={read.row} columns={read.columns} />}
      {!read.pending && !read.error && !read.row && (
        <StateCard title={`${state.spec.title} has no row of ${sel}`}>
          It may have left the reports, or the scope and range above have none of it.
        </StateCard>
      )}
    </Inspector>
  );
}

/** The row of an address: of subjects it is asked for, wherever it stands; of lists it is one of those read. */
function useRow({ spec, input, windows, table }: TableState, sel: string) {
  const listed = spec.list ? windows.rows.find((row) => row.key === sel) : undefined;
  const query = useQuery({
    ...tableQuery({ ...input, ...unfiltered, subject: sel, limit: 1 }),
    enabled: !spec.list,
  });
  if (spec.list) {
    const { isPending: pending, error } = windows.head;
    return { row: listed, columns: table?.columns ?? [], pending, error, again: () => void windows.head.refetch() };
  }
  return {
    row: query.data?.rows.find((row) => row.kind === "row"),
    columns: query.data?.columns ?? [],
    pending: query.isPending,
    error: query.error,
    again: () => void query.refetch(),
  };
}

const unfiltered = { filters: [], query: "", group: "", collapsed: [], offset: 0 };

type DetailsProps = { state: TableState; row: TableRow; columns: readonly Column[] };

function Details({ state, row, columns }: DetailsProps) {
  const { page } = useDashboard();
  const charts = state.spec.list ? [] : page.charts.filter((chart) => chart.per_subject);
  return (
    <>
      <h2 className={classes.title}>{row.label}</h2>
      {row.detail !== "" && <p className={classes.detail}>{row.detail}</p>}
      {row.tags.length > 0 && <p className={classes.detail}>Tags: {row.tags.join(", ")}</p>}
      <Ways state={state} row={row} />
      <InspectorSection title={state.spec.list ? "In the report" : "Key figures"}>
        <dl className={classes.figures}>
          {columns.map((column, index) => {
            const value = row.cells[index];
            if (!value || (value.text === "" && column.type !== "line")) return null;
            return <FigureLine key={column.name} state={state} row={row} column={column} value={value} />;
          })}
        </dl>
      </InspectorSection>
      {charts.map((chart) => (
        <div key={chart.name} className={classes.chart}>
          <PageChart spec={chart} subject={row.subject} label={row.label} />
        </div>
      ))}
    </>
  );
}

type FigureProps = { state: TableState; row: TableRow; column: Column; value: Value };

function FigureLine({ state, row, column, value }: FigureProps) {
  const { view } = useDashboard();
  const define = useDefine();
  const ask = () => define({ name: numberOf(column.name), subject: row.subject, view });
  return (
    <div>
      <dt>
        {state.spec.list ? (
          column.title
        ) : (
          <button type="button" className={classes.ask} onClick={ask}>
            {column.title}
          </button>
        )}
      </dt>
      <dd>
        <Cell value={value} column={column} />
        {column.unit !== "" && !["%", "pp"].includes(column.unit) && value.num !== null && !isChange(column.name) && (
          <span className={classes.unit}> {column.unit}</span>
        )}
      </dd>
    </div>
  );
}

/** Where to go on from a row. */
function Ways({ state, row }: { state: TableState; row: TableRow }) {
  const { page, search } = useDashboard();
  const actions = useRowActions(state);
  const sku = actions.skuOf(row);
  return (
    <nav className={classes.ways} aria-label={`Pages about ${row.label}`}>
      {sku !== "" && (
        <Link to="/sku/$subject" params={{ subject: sku }} search={scopeAndRange(search)}>
          Everything about the SKU
        </Link>
      )}
      {!state.spec.list && (
        <Link to="/m/$module" params={{ module: page.name }} search={{ kind: state.spec.subject, sel: row.subject }}>
          Decisions, and why
        </Link>
      )}
      {row.document > 0 && (
        <Link to="/rows/original" search={{ document: row.document, line: row.line }}>
          Original row
        </Link>
      )}
    </nav>
  );
}
