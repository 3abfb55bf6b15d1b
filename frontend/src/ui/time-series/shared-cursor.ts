import { useCallback, useState, useSyncExternalStore } from "react";

type Shared = { day: number | null; listeners: Set<() => void> };

const shared = new Map<string, Shared>();

function of(key: string): Shared {
  const found = shared.get(key);
  if (found) return found;
  const made: Shared = { day: null, listeners: new Set() };
  shared.set(key, made);
  return made;
}

/** The day under the cursor, null for none; charts with the same key have it in common. */
export function useCursorDay(key: string | undefined): [number | null, (day: number | null) => void] {
  const [own, setOwn] = useState<number | null>(null);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (key === undefined) return () => {};
      const store = of(key);
      store.listeners.add(listener);
      return () => {
        store.listeners.delete(listener);
        if (store.listeners.size === 0) shared.delete(key);
      };
    },
    [key],
  );
  const common = useSyncExternalStore(subscribe, () => (key === undefined ? null : (shared.get(key)?.day ?? null)));
  const set = useCallback(
    (day: number | null) => {
      if (key === undefined) return setOwn(day);
      const store = of(key);
      if (store.day === day) return;
      store.day = day;
      for (const listener of store.listeners) listener();
    },
    [key],
  );
  return [key === undefined ? own : common, set];
}
