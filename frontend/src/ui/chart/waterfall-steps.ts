import type { Bar } from "@/lib/dashboards/types";

/** Where a bar of a waterfall begins and ends; what is not known moves nothing. */
export type Step = { from: number; to: number; tone: "gain" | "loss" | "total" | "unknown" };

/** Each amount begins where the one before ended; a total stands on the ground. */
export function waterfallSteps(bars: readonly Bar[]): Step[] {
  let level = 0;
  return bars.map((bar) => {
    if (!bar.known) return { from: level, to: level, tone: "unknown" };
    if (bar.total) {
      level = bar.value;
      return { from: 0, to: level, tone: "total" };
    }
    const from = level;
    level += bar.value;
    return { from, to: level, tone: bar.value < 0 ? "loss" : "gain" };
  });
}
