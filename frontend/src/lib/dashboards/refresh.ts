import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { onEvent } from "../events";

const listening = new WeakSet<QueryClient>();

/**
 * Rates, tags, groups and costs change figures on every page. The events only name root keys, which are
 * modules here; so all queries of pages go out of date together, also those that are not on screen now.
 */
export function useDashboardRefresh(): void {
  const client = useQueryClient();
  useEffect(() => {
    // Once for the life of the client: a page that is left keeps answers, and they must go out of date too.
    if (listening.has(client)) return;
    listening.add(client);
    for (const topic of ["changed:dashboards", "changed:catalog"]) {
      onEvent(topic, () => {
        void client.invalidateQueries({ predicate: (query) => query.queryKey[1] === "dashboard" });
      });
    }
  }, [client]);
}
