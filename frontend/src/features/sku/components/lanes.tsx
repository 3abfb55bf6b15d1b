import { Tooltip } from "@mantine/core";
import { useElementSize, useViewportSize } from "@mantine/hooks";
import { IconChartLine, IconTable } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { linkTo } from "@/lib/address";
import type { Lane, Timeline } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { seriesOf } from "@/ui/chart/series-of";
import { TwinTable } from "@/ui/chart/twin-table";
import { DecisionLane } from "@/ui/time-series/decision-lane";
import { dayText } from "@/ui/time-series/summary";
import { useDayCursor } from "@/ui/time-series/use-day-cursor";
import { lanesTable } from "../logic/lanes-table";
import { Bands } from "./bands";
import { LaneRow } from "./lane-row";
import classes from "./lanes.module.css";

/** What else stands on the page, so that all lanes fit under it on one screen; and of a lane; in pixels. */
const pageAround = 400;
const lowest = 50;
const highest = 96;

/** The days of a SKU as lanes under each other, with one cursor, and what happened under the last of them. */
export function Lanes({ timeline }: { timeline: Timeline }) {
  const { hide_amounts } = useDisplay();
  const { height: screen } = useViewportSize();
  const [asTable, setAsTable] = useState(false);
  const { lanes, subject } = timeline;
  const isHidden = useCallback((lane: Lane) => hide_amounts && lane.data.currency !== "", [hide_amounts]);
  const drawn = useMemo(() => lanes.filter((lane) => isKnown(lane) && !isHidden(lane)), [lanes, isHidden]);
  const unknown = useMemo(() => reasons(lanes), [lanes]);
  const hidden = lanes.filter((lane) => isKnown(lane) && isHidden(lane)).map((lane) => lane.name);
  const syncKey = `sku ${subject}`;
  const twin = useMemo(() => lanesTable(drawn), [drawn]);
  const fitting = Math.floor((screen - pageAround) / Math.max(1, drawn.length));
  const height = Math.min(highest, Math.max(lowest, fitting));
  const place = (index: number) => (index === 0 ? "top" : index === drawn.length - 1 ? "bottom" : "none");
  return (
    <section className={classes.lanes} aria-label="Day by day">
      <Bands timeline={timeline} />
      <Head lanes={drawn} syncKey={syncKey} asTable={asTable} onAsTable={setAsTable} />
      {asTable ? (
        <TwinTable title={`${timeline.sku}, day by day`} twin={twin} openable={() => false} tall />
      ) : (
        drawn.map((lane, index) => (
          <LaneRow
            key={lane.name}
            lane={lane}
            subject={subject}
            syncKey={syncKey}
            days={place(index)}
            height={height}
          />
        ))
      )}
      {!asTable && <Happened timeline={timeline} lanes={drawn} syncKey={syncKey} />}
      {unknown.map(({ note, names }) => (
        <p key={note} className={classes.unknown}>
          {names.join(", ")}: {note}
        </p>
      ))}
      {hidden.length > 0 && <p className={classes.unknown}>Amounts are hidden: {hidden.join(", ")}.</p>}
    </section>
  );
}

type HeadProps = {
  lanes: readonly Lane[];
  syncKey: string;
  asTable: boolean;
  onAsTable: (asTable: boolean) => void;
};

/** The day that all lanes tell of, and the way to all numbers. */
function Head({ lanes, syncKey, asTable, onAsTable }: HeadProps) {
  const { locale, now } = useDisplay();
  const series = useDays(lanes);
  const { shown } = useDayCursor(series, syncKey);
  const day = series.days[shown];
  if (day === undefined) return null;
  const turn = asTable ? "View all as charts" : "View all as table";
  const Icon = asTable ? IconChartLine : IconTable;
  return (
    <div className={classes.head} data-table={asTable}>
      {!asTable && (
        <span>
          {dayText(day, locale, now)}
          {series.settlingFrom > 0 && day >= series.settlingFrom && " · ◐ settling"}
        </span>
      )}
      <Tooltip label={turn}>
        <button
          type="button"
          className={classes.turn}
          aria-label={turn}
          aria-pressed={asTable}
          onClick={() => onAsTable(!asTable)}
        >
          <Icon size={15} stroke={1.6} aria-hidden="true" />
        </button>
      </Tooltip>
    </div>
  );
}

/** Decisions and other marks, once for all lanes. */
function Happened({ timeline, lanes, syncKey }: { timeline: Timeline; lanes: readonly Lane[]; syncKey: string }) {
  const navigate = useNavigate();
  const open = useCallback((link: string) => void navigate(linkTo(link)), [navigate]);
  const { ref, width } = useElementSize();
  const days = useDays(lanes);
  const { markers } = timeline;
  const data = useMemo(
    () => ({ ...days, markers: [...lanes.flatMap((lane) => lane.data.markers), ...markers] }),
    [days, lanes, markers],
  );
  const { setDay } = useDayCursor(days, syncKey);
  if (data.markers.length === 0 || lanes.length === 0) return null;
  return (
    <div className={classes.happened}>
      <span className={classes.gutter}>
        <span className={classes.name}>Decisions</span>
      </span>
      <div ref={ref}>
        <DecisionLane data={data} drawn={[]} width={width} onMarker={open} onDay={setDay} />
      </div>
    </div>
  );
}

/** The days of the lanes: those of the lane that settles first, so that the mark is never too late. */
function useDays(lanes: readonly Lane[]) {
  return useMemo(() => {
    const settling = lanes.map((lane) => lane.data.settling_from).filter((day) => day > 0);
    const first = lanes[0];
    const series = first
      ? seriesOf("lines", first.data)
      : { days: [], lines: [], unit: "", settlingFrom: 0, from: 0, columns: false, markers: [] };
    return { ...series, settlingFrom: settling.length > 0 ? Math.min(...settling) : 0 };
  }, [lanes]);
}

function isKnown(lane: Lane): boolean {
  return lane.data.lines.some((line) => line.values.some((value) => value !== null));
}

/** Why lanes are not drawn, and which: what Go says of each, once. */
function reasons(lanes: readonly Lane[]): { note: string; names: string[] }[] {
  const found = new Map<string, string[]>();
  for (const { name, data } of lanes.filter((lane) => !isKnown(lane))) {
    found.set(data.note, [...(found.get(data.note) ?? []), data.title || name]);
  }
  return [...found].map(([note, names]) => ({ note, names }));
}
