import { type ReactNode, useId } from "react";
import classes from "./review.module.css";

type Props = { title: string /** Behind the heading, in small type. */; note?: ReactNode; children: ReactNode };

/** A part of what is known about an item. */
export function Section({ title, note, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 className={classes.heading} id={id}>
        {title}
        {note && <small>{note}</small>}
      </h2>
      {children}
    </section>
  );
}
