import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { linkTo } from "@/lib/address";
import type { Lane, Timeline } from "@/lib/dashboards/types";
import { Chart } from "@/ui/chart/chart";
import { Bands } from "./bands";
import classes from "./sku.module.css";

/** The days of a SKU as charts under each other, with one cursor and what happened under the last of them. */
export function Lanes({ timeline }: { timeline: Timeline }) {
  const navigate = useNavigate();
  const open = useCallback((link: string) => void navigate(linkTo(link)), [navigate]);
  const { lanes, markers } = timeline;
  const drawn = useMemo(() => withMarkers(lanes.filter(isKnown), markers), [lanes, markers]);
  const unknown = lanes.filter((lane) => !isKnown(lane)).map((lane) => lane.data.title || lane.name);
  return (
    <section className={classes.lanes} aria-label="Day by day">
      <Bands timeline={timeline} />
      {drawn.map((lane) => (
        <Chart
          key={lane.name}
          kind="lines"
          data={lane.data}
          about={lane.data.title}
          height={96}
          syncKey={`sku ${timeline.subject}`}
          onMarker={open}
        />
      ))}
      {unknown.length > 0 && (
        <p className={classes.unknown}>No report tells of these on these days: {unknown.join(", ")}.</p>
      )}
    </section>
  );
}

function isKnown(lane: Lane): boolean {
  return lane.data.lines.some((line) => line.values.some((value) => value !== null));
}

/** Decisions are marked once, under the last chart, instead of under each. */
function withMarkers(lanes: Lane[], markers: Timeline["markers"]): Lane[] {
  const last = lanes.at(-1);
  if (!last || markers.length === 0) return lanes;
  return [...lanes.slice(0, -1), { ...last, data: { ...last.data, markers: [...last.data.markers, ...markers] } }];
}
