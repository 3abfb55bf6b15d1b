import type { MouseEvent } from "react";
import type { Intent } from "./table-intent";
import type { DataTableProps } from "./table-props";
import type { useRowCursor } from "./use-row-cursor";
import type { useTicks } from "./use-ticks";

type Parts = {
  cursor: ReturnType<typeof useRowCursor>;
  ticks: ReturnType<typeof useTicks>;
  find: (index: number) => HTMLElement | null;
  /** Whether the cursor may come to rows at all. */
  reachable: boolean;
};

/** What keys and clicks do to the rows of a table. */
export function tableActs<Row>(props: DataTableProps<Row>, { cursor, ticks, find, reachable }: Parts) {
  const { rows, rowKey, group, pending, onOpen, onActions, onToggleGroup } = props;

  const openable = (row: Row) => !pending?.(row) && !group?.(row);
  const openActions = (index: number) => {
    const row = rows[index];
    const anchor = find(index);
    if (!row || !anchor || !onActions || !openable(row)) return false;
    onActions(row, anchor);
    return true;
  };
  const fold = (row: Row | undefined, collapse?: boolean) => {
    const heading = row && group?.(row);
    if (!heading || !onToggleGroup || collapse === heading.collapsed) return false;
    onToggleGroup(rowKey(row), !heading.collapsed);
    return true;
  };

  const open = (row: Row | undefined) => {
    if (fold(row)) return true;
    if (!row || !onOpen || !openable(row)) return false;
    onOpen(row);
    return true;
  };
  const tick = (todo: () => void) => {
    if (ticks.enabled) todo();
    return ticks.enabled;
  };
  const act = (intent: Intent): boolean => {
    // Tab comes to the first row before there is a cursor.
    const at = cursor.index < 0 && find(0)?.matches(":focus") ? 0 : cursor.index;
    const row = rows[at];
    switch (intent.do) {
      case "go":
        cursor.go(intent.to, true);
        return true;
      case "extend":
        return tick(() => {
          ticks.add([at, intent.to]);
          cursor.go(intent.to, true);
        });
      case "open":
        return open(row);
      case "tick":
        return tick(() => ticks.toggle(at));
      case "tick-all":
        return tick(ticks.tickAll);
      case "untick-all":
        return ticks.keys.size > 0 && tick(ticks.clear);
      case "actions":
        return openActions(at);
      case "collapse":
        return fold(row, true);
      case "expand":
        return fold(row, false);
    }
  };

  return {
    act,
    onClick: (event: MouseEvent) => {
      const hit = hitOf(event);
      if (!hit) return;
      if (hit.on === "tick") ticks.toggle(hit.index);
      if (hit.on === "fold") fold(rows[hit.index]);
      if (reachable) cursor.go(hit.index, hit.on === "row");
    },
    onDoubleClick: (event: MouseEvent) => {
      const hit = hitOf(event);
      const row = hit?.on === "row" ? rows[hit.index] : undefined;
      if (row && onOpen && openable(row)) onOpen(row);
    },
    onContextMenu: (event: MouseEvent) => {
      const hit = hitOf(event);
      if (!hit || !onActions) return;
      event.preventDefault();
      cursor.go(hit.index, true);
      openActions(hit.index);
    },
  };
}

type Hit = { index: number; on: "row" | "tick" | "fold" | "control" };

/** Which row was pressed, and what of it. */
function hitOf({ target }: MouseEvent): Hit | null {
  if (!(target instanceof Element)) return null;
  const index = Number(target.closest<HTMLElement>("tr[data-index]")?.dataset.index ?? Number.NaN);
  if (Number.isNaN(index)) return null;
  if (target.closest("[data-tick]")) return { index, on: "tick" };
  if (target.closest("[data-fold]")) return { index, on: "fold" };
  return { index, on: target.closest("button, a, input, select, textarea, label") ? "control" : "row" };
}
