import { Link } from "@tanstack/react-router";
import type { DashboardSearch } from "@/lib/dashboards/search";
import type { Part } from "@/lib/dashboards/types";
import { Fact } from "@/ui/fact/fact";
import classes from "./rows.module.css";

/** The numbers that another is made of, each a way to its own rows. */
export function Parts({ parts, view }: { parts: readonly Part[]; view: DashboardSearch }) {
  return (
    <ul className={classes.parts} aria-label="Made of">
      {parts.map((part) => (
        <li key={`${part.name}/${part.subject}`}>
          <Link
            to="/rows"
            search={{ ...view, name: part.name, subject: part.subject || undefined }}
            className={classes.part}
          >
            <span className={classes.sign}>{part.sign}</span>
            <span>{[part.title, part.label].filter((text) => text !== "").join(", ")}</span>
            <Fact value={part.value} focusable={false} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
