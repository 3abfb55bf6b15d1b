import { useElementSize } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./time-series.module.css";

type Props = {
  /** Height in pixels where there is no room for more. */
  least: number;
  children: (height: number) => ReactNode;
};

/** A place for a drawing that takes the height its card leaves, and tells the drawing how high that is. */
export function Grow({ least, children }: Props) {
  const { ref, height } = useElementSize();
  return (
    <div ref={ref} className={classes.grow} style={{ flexBasis: least }}>
      <div className={classes.held}>{children(Math.max(least, Math.floor(height)))}</div>
    </div>
  );
}
