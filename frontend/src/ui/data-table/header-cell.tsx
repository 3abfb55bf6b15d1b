import { Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconDotsVertical } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import type { Maturity } from "@/lib/types";
import { MaturityMark } from "../freshness-chip/freshness-chip";
import type { Column, Sort } from "./column";
import classes from "./data-table.module.css";

type Props<Row> = {
  column: Column<Row>;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  /** Opens the menu of the column beside the anchor; undefined where there is none. */
  onMenu: ((id: string, anchor: HTMLElement) => void) | undefined;
  menuOpen: boolean;
  /** What all values of the column are, where they are not fresh. */
  mark: Maturity | undefined;
};

/** The heading of a column: sorts when pressed, says what it means, and has a menu of its own. */
export function HeaderCell<Row>({ column, sort, onSort, onMenu, menuOpen, mark }: Props<Row>) {
  const active = sort?.id === column.id;
  const direction = active ? (sort.desc ? "descending" : "ascending") : undefined;
  const Arrow = sort?.desc ? IconChevronDown : IconChevronUp;
  const words = (
    <span>
      {mark && <ColumnMark state={mark} />}
      {column.title}
    </span>
  );
  const title =
    column.sortable && onSort ? (
      <button
        type="button"
        className={classes.title}
        onClick={() => onSort({ id: column.id, desc: active ? !sort.desc : column.align === "end" })}
      >
        {words}
        {active && <Arrow size={13} stroke={1.8} aria-hidden="true" />}
      </button>
    ) : (
      <span className={classes.title}>{words}</span>
    );
  const openMenu = (event: MouseEvent) => {
    if (!onMenu || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    onMenu(column.id, event.currentTarget.querySelector<HTMLElement>("[data-menu]") ?? event.currentTarget);
  };
  return (
    <th
      scope="col"
      className={classes.heading}
      data-align={column.align}
      data-sticky={column.sticky}
      aria-sort={direction}
      style={{ width: column.width }}
      onContextMenu={onMenu && openMenu}
    >
      {column.help ? <Tooltip label={column.help}>{title}</Tooltip> : title}
      {onMenu && (
        <button
          type="button"
          className={classes.columnMenu}
          data-menu=""
          data-open={menuOpen}
          aria-label={`Column ${column.title}`}
          aria-haspopup="menu"
          aria-expanded={menuOpen}
          onClick={(event) => onMenu(column.id, event.currentTarget)}
        >
          <IconDotsVertical size={13} stroke={1.8} aria-hidden="true" />
        </button>
      )}
    </th>
  );
}

const meanings: Partial<Record<Maturity, string>> = {
  settling: "All of these may still be restated by Amazon",
  estimated: "All of these rest on an assumption",
  stale: "All of these are older than they should be",
};

/** Said once for all values of a column. */
function ColumnMark({ state }: { state: Maturity }) {
  return (
    <span className={classes.mark} title={meanings[state]}>
      <MaturityMark state={state} />{" "}
    </span>
  );
}
