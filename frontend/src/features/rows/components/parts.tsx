import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { DashboardSearch } from "@/lib/dashboards/search";
import type { Part } from "@/lib/dashboards/types";
import { Fact } from "@/ui/fact/fact";
import classes from "./rows.module.css";

/** The numbers that another is made of, each a way to its own rows; the first takes the focus, so that Enter goes on. */
export function Parts({ parts, view }: { parts: readonly Part[]; view: DashboardSearch }) {
  const first = useRef<HTMLAnchorElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <ul className={classes.parts} aria-label="Made of">
      {parts.map((part, index) => (
        <li key={`${part.name}/${part.subject}`}>
          <Link
            ref={index === 0 ? first : undefined}
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
