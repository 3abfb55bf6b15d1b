import { useCallback, useEffect, useRef, useState } from "react";
import type { Draft } from "../api/types";

export type SecretName = "client_id" | "client_secret" | "refresh_token";
export type Secrets = Pick<Draft, SecretName>;
export type HeldNames = Record<SecretName, boolean>;

export const nothingHeld: HeldNames = { client_id: false, client_secret: false, refresh_token: false };

const none: Secrets = { client_id: "", client_secret: "", refresh_token: "" };

/** How long what was tried waits to be connected before it has to be entered again. */
export const heldMs = 10 * 60_000;

/**
 * What was entered, between trying it and connecting it. It is neither in the page nor in anything that
 * React or the query library keeps, and is gone when it was connected, when the page is left, or after a while.
 */
export function useHeld() {
  const kept = useRef<Secrets>(none);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [names, setNames] = useState(nothingHeld);
  const wipe = useCallback(() => {
    clearTimeout(timer.current);
    kept.current = none;
    setNames(nothingHeld);
  }, []);
  /** Takes what was entered over what was held, and gives all of it. */
  const take = useCallback(
    (entered: Secrets): Secrets => {
      const before = kept.current;
      const now: Secrets = {
        client_id: entered.client_id || before.client_id,
        client_secret: entered.client_secret || before.client_secret,
        refresh_token: entered.refresh_token || before.refresh_token,
      };
      kept.current = now;
      setNames({
        client_id: now.client_id !== "",
        client_secret: now.client_secret !== "",
        refresh_token: now.refresh_token !== "",
      });
      clearTimeout(timer.current);
      timer.current = setTimeout(wipe, heldMs);
      return now;
    },
    [wipe],
  );
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      kept.current = none;
    },
    [],
  );
  return { names, take, wipe };
}
