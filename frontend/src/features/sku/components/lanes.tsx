import { useElementSize } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { linkTo } from "@/lib/address";
import type { Lane, Timeline } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { Chart } from "@/ui/chart/chart";
import { drawnLines, labelRoom } from "@/ui/time-series/roles";
import { Bands } from "./bands";
import classes from "./sku.module.css";

/** What charts leave at their end at least. */
const endRoom = 10;

/** The days of a SKU as charts under each other, with one cursor and what happened under the last of them. */
export function Lanes({ timeline }: { timeline: Timeline }) {
  const navigate = useNavigate();
  // The title of a chart may name amounts; when they are hidden it is called by what it is about.
  const { hide_amounts } = useDisplay();
  const open = useCallback((link: string) => void navigate(linkTo(link)), [navigate]);
  const { lanes, markers } = timeline;
  const drawn = useMemo(() => withMarkers(lanes.filter(isKnown), markers), [lanes, markers]);
  const { ref, width } = useElementSize();
  const rooms = drawn.map((lane) => labelRoom(drawnLines(lane.data.lines, false).drawn, width));
  const room = Math.max(endRoom, ...rooms);
  const unknown = lanes.filter((lane) => !isKnown(lane)).map((lane) => lane.data.title || lane.name);
  return (
    <section ref={ref} className={classes.lanes} aria-label="Day by day">
      <Bands timeline={timeline} endRoom={room} />
      {drawn.map((lane, index) => (
        // Labels at the ends of lines take room from the days; a chart without them leaves as much, so that days align.
        <div key={lane.name} style={{ paddingInlineEnd: room - (rooms[index] ?? room) }}>
          <Chart
            kind="lines"
            data={lane.data}
            about={hide_amounts ? lane.name : ""}
            height={96}
            syncKey={`sku ${timeline.subject}`}
            onMarker={open}
          />
        </div>
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
