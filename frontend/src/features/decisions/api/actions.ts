import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAnnounce } from "@/lib/announce";
import { call, toCallError } from "@/lib/call";
import { refresh } from "./mutations";
import type { Trail } from "./types";

/** Does something to an action, says what came of it, and reads everything again. */
function useDo(): (ask: () => Promise<string>) => Promise<void> {
  const client = useQueryClient();
  const announce = useAnnounce();
  return useCallback(
    async (ask) => {
      try {
        announce(await ask());
      } catch (reason) {
        const error = toCallError(reason);
        announce(`Not done. ${error.message} ${error.hint}`.trim());
      } finally {
        refresh(client);
      }
    },
    [client, announce],
  );
}

/** Takes an action back by another one. */
export function useRevert(): (trail: Trail) => Promise<void> {
  const act = useDo();
  return useCallback(
    (trail) =>
      act(async () => {
        const back = await call<Trail>("actions.API.Rollback", { id: trail.id });
        const why = [back.waits, back.reason].filter((text) => text !== "").join(" ");
        if (back.state === "verified") return `Taken back: ${trail.title}.`;
        return `Taking back ${trail.title}: ${back.state_text}. ${why}`.trim();
      }),
    [act],
  );
}

/** Ends an action whose fate only a person could find out. */
export function useResolve(): (trail: Trail, happened: boolean, note: string) => Promise<void> {
  const act = useDo();
  return useCallback(
    (trail, happened, note) =>
      act(async () => {
        await call<Trail>("actions.API.Resolve", { id: trail.id, happened, note });
        return `Kept: it was ${happened ? "" : "not "}done. ${trail.title}.`;
      }),
    [act],
  );
}
