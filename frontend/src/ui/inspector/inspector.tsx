import { type KeyboardEvent, type ReactNode, useRef } from "react";
import classes from "./inspector.module.css";

type Props = {
  /** Names the region: "Decision details". */
  label: string;
  children: ReactNode;
  /** What can be done; stays in sight while the rest scrolls. */
  footer?: ReactNode;
  onClose?: () => void;
};

/** The panel on the right that shows the details of the focused row. Esc closes it; it never blocks the page. */
export function Inspector({ label, children, footer, onClose }: Props) {
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div className={classes.scroll} tabIndex={0}>
        {children}
      </div>
      {footer && <div className={classes.footer}>{footer}</div>}
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
