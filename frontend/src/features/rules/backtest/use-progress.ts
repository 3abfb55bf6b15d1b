import { useEffect, useState } from "react";
import { onEvent } from "@/lib/events";

/** How many days of how many have been judged again; null before the program says. */
export function useProgress(): { done: number; of: number } | null {
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
  useEffect(() => {
    return onEvent("progress:backtest", (told) => {
      const { done, of } = told as { done?: unknown; of?: unknown };
      if (typeof done === "number" && typeof of === "number") setProgress({ done, of });
    });
  }, []);
  return progress;
}
