import { useMemo } from "react";
import type { DataTableProps } from "./table-props";

type Input<Row> = Pick<
  DataTableProps<Row>,
  "rows" | "rowKey" | "selectedKeys" | "onSelectKeys" | "onSelectAll" | "group" | "pending"
>;

const none: ReadonlySet<string> = new Set();

/** Which rows are ticked and what ticking does; headings of groups and rows not read yet cannot be. */
export function useTicks<Row>(input: Input<Row>) {
  const { rows, rowKey, selectedKeys = none, onSelectKeys, onSelectAll, group, pending } = input;
  const tickable = useMemo(() => {
    if (!onSelectKeys) return [];
    return rows.filter((row) => !pending?.(row) && !group?.(row)).map(rowKey);
  }, [rows, rowKey, onSelectKeys, group, pending]);
  const ticked = useMemo(() => tickable.filter((key) => selectedKeys.has(key)).length, [tickable, selectedKeys]);
  return useMemo(() => {
    /** The key of a row that can be ticked. */
    const keyAt = (index: number): string[] => {
      const row = rows[index];
      return row && !pending?.(row) && !group?.(row) ? [rowKey(row)] : [];
    };
    const all = ticked > 0 && ticked === tickable.length;
    const tickAll = () => {
      if (onSelectAll) onSelectAll();
      else onSelectKeys?.(new Set([...selectedKeys, ...tickable]));
    };
    const clear = () => onSelectKeys?.(new Set());
    return {
      enabled: onSelectKeys !== undefined,
      keys: selectedKeys,
      all,
      some: selectedKeys.size > 0 && !all,
      tickAll,
      clear,
      toggleAll: () => (all ? clear() : tickAll()),
      toggle: (index: number) => {
        const [key] = keyAt(index);
        if (key === undefined) return;
        const next = new Set(selectedKeys);
        if (!next.delete(key)) next.add(key);
        onSelectKeys?.(next);
      },
      add: (indexes: readonly number[]) => onSelectKeys?.(new Set([...selectedKeys, ...indexes.flatMap(keyAt)])),
    };
  }, [rows, rowKey, group, pending, tickable, ticked, selectedKeys, onSelectKeys, onSelectAll]);
}
