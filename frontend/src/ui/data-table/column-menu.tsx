import {
  IconArrowLeft,
  IconArrowRight,
  IconEyeOff,
  IconFilter,
  IconInfoCircle,
  IconSortAscending,
  IconSortDescending,
} from "@tabler/icons-react";
import { ActionMenu } from "../action-menu/action-menu";
import type { MenuAction } from "../menu-button/menu-items";
import type { Column, ColumnActions, Sort } from "./column";

type Props<Row> = {
  /** The column whose menu is open, with the button it opens under; null while closed. */
  opened: { id: string; anchor: HTMLElement } | null;
  columns: readonly Column<Row>[];
  onSort: ((sort: Sort) => void) | undefined;
  actions: ColumnActions;
  onClose: () => void;
};

/** The one menu that all headings share. */
export function ColumnMenu<Row>({ opened, columns, onSort, actions, onClose }: Props<Row>) {
  const at = columns.findIndex((column) => column.id === opened?.id);
  const column = columns[at];
  if (!opened || !column) return null;
  return (
    <ActionMenu
      label={`Column ${column.title}`}
      anchor={opened.anchor}
      actions={[...sorting(column, onSort), ...changing(columns, at, actions)]}
      onClose={onClose}
    />
  );
}

function sorting<Row>({ id, sortable, align }: Column<Row>, onSort: Props<Row>["onSort"]): MenuAction[] {
  if (!sortable || !onSort) return [];
  const number = align === "end";
  return [
    {
      id: "asc",
      label: number ? "Sort, smallest first" : "Sort A to Z",
      icon: IconSortAscending,
      run: () => onSort({ id, desc: false }),
    },
    {
      id: "desc",
      label: number ? "Sort, largest first" : "Sort Z to A",
      icon: IconSortDescending,
      run: () => onSort({ id, desc: true }),
    },
  ];
}

function changing<Row>(columns: readonly Column<Row>[], at: number, actions: ColumnActions): MenuAction[] {
  const column = columns[at];
  if (!column) return [];
  const { id, fixed = false } = column;
  const { onFilter, onExplain, onMove, onHide } = actions;
  const menu: MenuAction[] = [];
  if (onFilter) menu.push({ id: "filter", label: "Filter…", icon: IconFilter, run: () => onFilter(id) });
  if (onExplain) menu.push({ id: "explain", label: "What it means", icon: IconInfoCircle, run: () => onExplain(id) });
  if (fixed) return menu;
  if (onMove) {
    const first = at === 0 || columns[at - 1]?.fixed === true;
    menu.push(
      { id: "left", label: "Move left", icon: IconArrowLeft, disabled: first, run: () => onMove(id, -1) },
      {
        id: "right",
        label: "Move right",
        icon: IconArrowRight,
        disabled: at === columns.length - 1,
        run: () => onMove(id, 1),
      },
    );
  }
  if (onHide) menu.push({ id: "hide", label: "Hide", icon: IconEyeOff, run: () => onHide(id) });
  return menu;
}

/** Whether a column has anything to choose from. */
export function hasColumnMenu<Row>(
  columns: readonly Column<Row>[],
  at: number,
  onSort: Props<Row>["onSort"],
  actions: ColumnActions | undefined,
): boolean {
  const column = columns[at];
  if (!column || !actions) return false;
  return sorting(column, onSort).length + changing(columns, at, actions).length > 0;
}
