import { useCallback, useRef, useState } from "react";

type Act = <T>(work: () => Promise<T>) => Promise<T | undefined>;

/**
 * Does one thing at a time and says whether it runs and why it failed. What it was called with is kept
 * nowhere, unlike with a mutation of the query library: secrets are among it.
 */
export function useAct(): { busy: boolean; error: unknown; act: Act; clear: () => void } {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const act = useCallback<Act>(async (work) => {
    if (running.current) return undefined;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      return await work();
    } catch (reason) {
      setError(reason);
      return undefined;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setError(null), []);
  return { busy, error, act, clear };
}
