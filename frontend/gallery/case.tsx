import type { ReactNode } from "react";
import classes from "./gallery.module.css";

/** A part of the gallery. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2>{title}</h2>
      <div className={classes.grid}>{children}</div>
    </section>
  );
}

/** One component in one state. */
export function Case({ title, wide = false, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={`${classes.case} ${wide ? classes.wide : ""}`}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

/** Small things beside each other. */
export function Line({ children }: { children: ReactNode }) {
  return <div className={classes.line}>{children}</div>;
}
