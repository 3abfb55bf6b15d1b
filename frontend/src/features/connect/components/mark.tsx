import type { ReactNode } from "react";
import classes from "./connect.module.css";

export type Tone = "good" | "warning" | "critical" | "neutral";

const shapes: Record<Tone, string> = { good: "✓", warning: "▲", critical: "⊘", neutral: "○" };

/** A state by shape, word and colour. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <span aria-hidden="true">{shapes[tone]}</span> {children}
    </span>
  );
}
