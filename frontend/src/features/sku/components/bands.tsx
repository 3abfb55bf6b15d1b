import { useMemo } from "react";
import type { Timeline } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { formatDay } from "@/lib/format";
import { axisRoom, plainRoom } from "@/ui/time-series/roles";
import { type Band, bandRows } from "../logic/bands";
import classes from "./lanes.module.css";

/** States that lasted, as labelled bands over the days of the charts below. */
export function Bands({ timeline }: { timeline: Timeline }) {
  const { spans, from, to } = timeline;
  const rows = useMemo(() => bandRows(spans, from, to), [spans, from, to]);
  if (rows.length === 0) return null;
  return (
    <div>
      {rows.map((row) => (
        <section key={row.title} className={classes.bandRow} aria-label={row.title}>
          <h2 title={row.title}>{row.title}</h2>
          <ul data-kind={row.kind} style={{ marginInline: `${axisRoom}px ${plainRoom}px` }}>
            {row.bands.map((band) => (
              <BandItem key={band.span.from} band={band} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function BandItem({ band }: { band: Band }) {
  const { locale, now } = useDisplay();
  const { span, days } = band;
  const from = formatDay(span.from, locale, now);
  const text = days === 1 ? from : `${from} – ${formatDay(span.to, locale, now)}, ${days} days`;
  return (
    <li
      className={classes.band}
      style={{ insetInlineStart: `${band.start * 100}%`, width: `${band.width * 100}%` }}
      title={`${span.title}, ${text}`}
    >
      {text}
    </li>
  );
}
