import { type KeyboardEvent, type ReactNode, useRef } from "react";
import classes from "./inspector.module.css";

type Props = {
  /** Names the region: "Decision details". */
  label: string;
  children: ReactNode;
  onClose?: () => void;
};

/** The panel on the right that shows the details of the focused row. Esc closes it; it never blocks the page. */
export function Inspector({ label, children, onClose }: Props) {
  const panel = useRef<HTMLElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented || !onClose) return;
    event.stopPropagation();
    onClose();
  };
  return (
    <aside
      ref={panel}
      className={classes.inspector}
      aria-label={label}
      data-region=""
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {children}
    </aside>
  );
}

/** A part of the inspector with its small heading. */
export function InspectorSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{title}</h3>
      {children}
    </section>
  );
}
