import type { ReactNode } from "react";
import { useDisplay } from "@/lib/display";
import { formatInstant } from "@/lib/format";
import classes from "./page.module.css";

type PageProps = {
  title: string;
  /** Hides the heading for the eye where the page is its own heading. */
  quietTitle?: boolean;
  /** One line: what the page answers. */
  lead?: ReactNode;
  actions?: ReactNode;
  /** Title and lead on one line, so that more of the page is figures. */
  dense?: boolean;
  /** Day or instant the figures are of, printed at the foot of every sheet; else the time it is. */
  asOf?: string;
  children: ReactNode;
  inspector?: ReactNode;
};

/** The frame of a page: heading, actions, scrolling body, and the inspector on the right. */
export function Page({
  title,
  quietTitle = false,
  lead,
  actions,
  dense = false,
  asOf = "",
  children,
  inspector,
}: PageProps) {
  const { locale, now } = useDisplay();
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        {quietTitle ? (
          <h1 className="visually-hidden">{title}</h1>
        ) : (
          <header className={classes.header} data-dense={dense}>
            <div>
              <h1 className={classes.title}>{title}</h1>
              {lead && <p className={classes.lead}>{lead}</p>}
            </div>
            {actions && <div className={classes.actions}>{actions}</div>}
          </header>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
        <div className={classes.body} tabIndex={0}>
          {children}
        </div>
      </div>
      {inspector}
      <p className="print-footer">{`Purser · ${title} · as of ${formatInstant(asOf || now, locale)}`}</p>
    </div>
  );
}
