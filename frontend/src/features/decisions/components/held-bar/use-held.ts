import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { stopStatusQuery } from "@/ui/stop-switch/stop-status";
import { heldQuery } from "../../api/queries";
import type { Trail } from "../../api/types";

/** An action that can still be taken back before it begins, and for how many more seconds. */
export type Held = { trail: Trail; seconds: number };

const tickMs = 250;
const none: readonly Held[] = [];

/** What is held now, counted down. Nothing while everything is stopped, as nothing is about to be sent then. */
export function useHeld(): readonly Held[] {
  const { data: status } = useQuery(stopStatusQuery);
  const waits = status !== undefined && status.waiting > 0 && !status.stopped;
  const { data } = useQuery({ ...heldQuery, enabled: waits });
  const held = waits && data && data.trails.length > 0 ? data : undefined;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!held) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), tickMs);
    return () => clearInterval(timer);
  }, [held]);
  if (!held) return none;
  return held.trails
    .map((trail) => ({ trail, seconds: Math.ceil((trail.held_ms - Math.max(0, now - held.at)) / 1000) }))
    .filter(({ seconds }) => seconds > 0);
}
