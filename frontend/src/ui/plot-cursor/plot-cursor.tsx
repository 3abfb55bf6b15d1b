import type { KeyboardEvent, ReactNode } from "react";
import { moveCursor } from "./move-cursor";
import classes from "./plot-cursor.module.css";

type Props = {
  /** Names what is walked over: "Units a day, day under the cursor". */
  label: string;
  /** Id of the summary of the chart. */
  describedBy: string;
  count: number;
  /** Where the cursor is among `count`. */
  index: number;
  /** What it stands on, read out. */
  text: string;
  onMove: (index: number) => void;
  /** Enter on what the cursor stands on. */
  onEnter?: () => void;
  height: number;
  children: ReactNode;
};

/** Makes a drawing walkable by key: ←/→ by one, Page up and down by ten, Home and End. */
export function PlotCursor({ label, describedBy, count, index, text, onMove, onEnter, height, children }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && onEnter) {
      event.preventDefault();
      onEnter();
      return;
    }
    const next = moveCursor(event.key, index, count);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(next);
  };
  return (
    <div
      className={classes.plot}
      style={{ height }}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-describedby={describedBy}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={Math.max(0, index)}
      aria-valuetext={text}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}
