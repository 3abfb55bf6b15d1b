import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { call, toCallError } from "./call";
import { onEvent } from "./events";
import type { Job } from "./types";

/** A job as it stands; asked again while it runs in case an event was lost. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ["job", id],
    queryFn: () => call<Job>("ingest.API.Job", { id }),
    enabled: id !== "",
    refetchInterval: ({ state }) => {
      if (state.data) return state.data.state === "running" ? 300 : false;
      // A job of an earlier start of the program does not come back.
      return state.error && toCallError(state.error).code === "not_found" ? false : 300;
    },
  });

/** Follows a job by its events. */
export function useJob(id: string) {
  const client = useQueryClient();
  useEffect(() => {
    if (id === "") return;
    return onEvent(`job:${id}`, (payload) => {
      if (!isJob(payload)) return;
      // Events may overtake one another: a job that has ended does not run again.
      client.setQueryData(jobQuery(id).queryKey, (before) => (before && before.state !== "running" ? before : payload));
    });
  }, [client, id]);
  return useQuery(jobQuery(id));
}

export function cancelJob(id: string): Promise<unknown> {
  return call("ingest.API.Cancel", { id });
}

function isJob(payload: unknown): payload is Job {
  return typeof payload === "object" && payload !== null && "state" in payload && "files" in payload;
}
