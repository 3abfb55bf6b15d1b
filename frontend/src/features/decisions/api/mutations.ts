import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useAnnounce } from "@/lib/announce";
import { call, toCallError } from "@/lib/call";
import { keysOf } from "@/lib/events";
import { inOrder } from "@/lib/in-order";
import { type Act, withoutDecided } from "../logic/optimistic";
import { inboxQuery, tasksQuery } from "./queries";
import type { Inbox, Tab, Task } from "./types";

/**
 * Does something to decisions: the rows leave the list at once, the program is told,
 * and if it refuses they come back with its words.
 */
export function useDecide(tab: Tab): (act: Act, ids: readonly string[]) => void {
  const client = useQueryClient();
  const announce = useAnnounce();
  return useCallback(
    (act, ids) => {
      const before = takeOut(client, tab, ids);
      announce(act.said);
      tell(act, [...ids])
        .catch((reason: unknown) => {
          if (before) client.setQueryData(inboxQuery(tab).queryKey, before);
          const error = toCallError(reason);
          announce(`Not done. ${error.message} ${error.hint}`.trim());
        })
        .finally(() => refresh(client));
    },
    [client, announce, tab],
  );
}

/** No `id` is given: one decision is a list of one. */
function tell(act: Act, ids: string[]): Promise<unknown> {
  switch (act.method) {
    case "Approve":
      return inOrder("decisions.API.Approve", { id: "", ids, seen: "", ...act.input });
    case "Reject":
      return inOrder("decisions.API.Reject", { id: "", ids, ...act.input });
    case "Snooze":
      return inOrder("decisions.API.Snooze", { id: "", ids, ...act.input });
    case "Delegate":
      return inOrder("decisions.API.Delegate", { id: "", ids, ...act.input });
  }
}

function takeOut(client: QueryClient, tab: Tab, ids: readonly string[]): Inbox | undefined {
  const { queryKey } = inboxQuery(tab);
  void client.cancelQueries({ queryKey });
  const before = client.getQueryData(queryKey);
  if (before) client.setQueryData(queryKey, withoutDecided(before, tab, ids));
  return before;
}

/** Reads again what depends on decisions and on what they lead to. */
export function refresh(client: QueryClient): void {
  for (const key of new Set([...keysOf("decisions"), ...keysOf("actions")])) {
    void client.invalidateQueries({ queryKey: [key] });
  }
}

/** Approves exactly what was looked at; an answer that it is not so any more is the caller's to show. */
export function useApproveSeen(tab: Tab): (ids: readonly string[], units: number, seen: string) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async (ids, units, seen) => {
      try {
        await inOrder("decisions.API.Approve", { id: "", ids: [...ids], units, seen });
        takeOut(client, tab, ids);
      } finally {
        refresh(client);
      }
    },
    [client, tab],
  );
}

/** Keeps another number of units without approving yet. */
export function useEditUnits(): (id: string, units: number) => void {
  const client = useQueryClient();
  const announce = useAnnounce();
  return useCallback(
    (id, units) => {
      inOrder("decisions.API.Edit", { id, units })
        .then(() => announce(`Changed to ${units} units`))
        .catch((reason: unknown) => announce(toCallError(reason).message))
        .finally(() => refresh(client));
    },
    [client, announce],
  );
}

/** Ticks a step of a task, at once on screen. */
export function useCheckTask(): (task: Task, step: number, done: boolean) => void {
  const client = useQueryClient();
  const announce = useAnnounce();
  return useCallback(
    (task, step, done) => {
      client.setQueryData(tasksQuery.queryKey, (tasks) =>
        tasks?.map((one) =>
          one.decision === task.decision
            ? { ...one, steps: one.steps.map((line, index) => (index === step ? { ...line, done } : line)) }
            : one,
        ),
      );
      call("decisions.API.CheckTask", { id: task.decision, step, done })
        .catch((reason: unknown) => announce(toCallError(reason).message))
        .finally(() => refresh(client));
    },
    [client, announce],
  );
}
