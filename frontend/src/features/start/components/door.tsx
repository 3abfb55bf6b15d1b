import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./start.module.css";

type Props = { title: string; text: string; action: string; keys?: ReactNode; more?: ReactNode; onOpen: () => void };

/** One of the ways to begin; all look the same, none is pushed. */
export function Door({ title, text, action, keys, more, onOpen }: Props) {
  return (
    <section className={classes.door} aria-label={title}>
      <h2>{title}</h2>
      <p>{text}</p>
      {more && <span className={classes.more}>{more}</span>}
      <Button variant="default" onClick={onOpen} rightSection={keys}>
        {action}
      </Button>
    </section>
  );
}
