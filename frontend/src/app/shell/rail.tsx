import { Link } from "@tanstack/react-router";
import type { NavEntry, RailGroup } from "@/lib/feature";
import { features } from "../features";
import classes from "./shell.module.css";

const groups: readonly RailGroup[] = ["work", "judgement", "machine"];

/** The ways through the window, with what waits behind each. */
export function Rail({ counts }: { counts: Record<string, number> }) {
  const entries = features.flatMap((feature) => feature.nav);
  return (
    <nav className={classes.rail} aria-label="Pages" data-region="">
      {groups.map((group) => (
        <ul key={group}>
          {entries
            .filter((entry) => entry.group === group)
            .map((entry) => (
              <RailEntry key={entry.name} entry={entry} count={counts[entry.name] ?? 0} />
            ))}
        </ul>
      ))}
    </nav>
  );
}

function RailEntry({ entry, count }: { entry: NavEntry; count: number }) {
  const Icon = entry.icon;
  return (
    <li>
      <Link to={entry.path} className={classes.entry} title={entry.title} activeOptions={{ includeSearch: false }}>
        <Icon size={15} stroke={1.6} aria-hidden="true" />
        <span className={classes.entryTitle}>{entry.title}</span>
        {count > 0 && (
          <span className={classes.count}>
            {count}
            <span className="visually-hidden"> open</span>
          </span>
        )}
      </Link>
    </li>
  );
}
