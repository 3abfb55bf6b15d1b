import { Link } from "@tanstack/react-router";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import classes from "./backtest.module.css";
import type { Overlap } from "./types";

/** Rules that say the same already, by how much. */
export function OverlapList({ overlaps }: { overlaps: readonly Overlap[] }) {
  const { locale } = useDisplay();
  if (overlaps.length === 0) return null;
  return (
    <section className={classes.part} aria-label="Overlaps">
      <h3 className={classes.heading}>Other rules fire on the same subject and day</h3>
      <ul className={classes.overlaps}>
        {overlaps.map((one) => (
          <li key={one.policy}>
            <Link to="/rules" search={{ policy: one.policy }}>
              {one.title === "" ? one.policy : one.title}
            </Link>
            <span className={classes.track} aria-hidden="true">
              <i style={{ width: `${100 * one.share}%` }} />
            </span>
            <span>{formatNumber(100 * one.share, locale)} %</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
