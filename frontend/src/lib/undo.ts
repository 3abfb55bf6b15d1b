import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAnnounce } from "./announce";
import { call, toCallError } from "./call";
import { keysOf } from "./events";
import { inOrder } from "./in-order";

/** What Z would take back: its title, or "" when there is nothing. */
export const lastUndoableQuery = queryOptions({
  queryKey: ["decisions", "undoable"],
  queryFn: async () => {
    const last = await call<{ possible: boolean; title: string }>("decisions.API.LastUndoable");
    return last.possible ? last.title : "";
  },
});

export function useLastUndoable(): string {
  return useQuery(lastUndoableQuery).data ?? "";
}

/** Takes back the last decision and says which one it was. */
export function useUndo(): () => void {
  const client = useQueryClient();
  const announce = useAnnounce();
  return useCallback(() => {
    inOrder<{ title: string }>("decisions.API.Undo")
      .then(({ title }) => announce(`Taken back: ${title.replace(/^Undone: /, "")}`))
      .catch((reason: unknown) => announce(toCallError(reason).message))
      .finally(() => {
        for (const key of keysOf("decisions")) void client.invalidateQueries({ queryKey: [key] });
      });
  }, [client, announce]);
}
