import type { QueryClient } from "@tanstack/react-query";

type Listener = (payload: unknown) => void;

declare global {
  interface Window {
    runtime?: {
      EventsOn?: (topic: string, listener: Listener) => (() => void) | undefined;
      OnFileDrop?: (listener: (x: number, y: number, paths: string[]) => void, useDropTarget: boolean) => void;
      OnFileDropOff?: () => void;
    };
  }
}

/** Listens to an event of the Go program until the returned function is called. */
export function onEvent(topic: string, listener: Listener): () => void {
  const stop = window.runtime?.EventsOn?.(topic, listener);
  return () => stop?.();
}

/** Services whose changes also show in queries of another name. */
const alsoInvalidates: Record<string, readonly string[]> = {
  today: ["decisions", "app", "dashboards"],
  ingest: ["data", "app", "dashboards"],
  modules: ["modules", "app", "dashboards"],
  decisions: ["app", "dashboards"],
  actions: ["decisions", "app"],
  accounts: ["app"],
  away: ["app", "dashboards"],
  retention: ["data"],
  catalog: ["data", "settings", "dashboards"],
};

/** The query root keys that "changed:<topic>" makes out of date. */
export function keysOf(topic: string): string[] {
  return [topic, ...(alsoInvalidates[topic] ?? [])];
}

/** Each "changed:<topic>" event makes the queries under that root key out of date. */
export function invalidateOnChange(client: QueryClient, topics: readonly string[]): () => void {
  const stops = topics.map((topic) =>
    onEvent(`changed:${topic}`, () => {
      for (const key of keysOf(topic)) void client.invalidateQueries({ queryKey: [key] });
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
