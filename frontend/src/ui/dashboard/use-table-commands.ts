import { useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { useDashboard } from "./dashboard-context";
import { useRowActions } from "./use-row-actions";
import type { TableState } from "./use-table-state";

/** The keys of the table that is shown, besides those that every table has. */
export function useTableCommands(state: TableState): void {
  const { page, search, change } = useDashboard();
  const announce = useAnnounce();
  const actions = useRowActions(state);
  const { spec, cursor, open, ticks } = state;
  const commands = useMemo(() => {
    const command = (id: string, label: string, keys: string[], run: () => void, when?: () => boolean): Command => ({
      id: `table.${id}`,
      label,
      group: page.title,
      keys,
      run,
      when,
    });
    const nextTable = () => {
      const at = page.tables.findIndex((table) => table.name === spec.name);
      const next = page.tables[(at + 1) % page.tables.length];
      if (!next) return;
      change({ table: next === page.tables[0] ? undefined : next.name });
      announce(next.title);
    };
    const nextGroup = () => {
      const at = spec.groups.findIndex((group) => group.name === search.groupby);
      const next = spec.groups[at + 1];
      change({ groupby: next?.name });
      announce(next ? `Grouped by ${next.title.toLowerCase()}` : "Not grouped");
    };
    const onRow = cursor !== null && cursor.kind === "row";
    const behind = () => onRow && (actions.numberOf(cursor) !== undefined || cursor.document > 0);
    const close = () => {
      if (search.sel !== undefined) change({ sel: undefined });
      else ticks.clear();
    };
    return [
      command("next", "Next table", ["t"], nextTable, () => page.tables.length > 1),
      command("group", "Group by something else", ["b"], nextGroup, () => spec.groups.length > 0),
      command(
        "open",
        "Details of the row",
        ["enter", "mod+i"],
        () => onRow && open(cursor),
        () => onRow,
      ),
      command(
        "define",
        "What the number of the row is",
        ["d"],
        () => onRow && actions.define(cursor),
        () => onRow,
      ),
      command("rows", "Rows behind the number of the row", ["r"], () => onRow && actions.rows(cursor), behind),
      {
        ...command("close", "Close the details, or clear the selection", ["escape"], close, () => {
          return search.sel !== undefined || ticks.keys.size > 0;
        }),
        keyOnly: true,
      },
    ];
  }, [page, search, change, announce, actions, spec, cursor, open, ticks]);
  useCommands(commands);
}
