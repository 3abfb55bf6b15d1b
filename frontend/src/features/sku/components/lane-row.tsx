import { IconChartLine, IconTable } from "@tabler/icons-react";
import { useId, useMemo, useRef, useState } from "react";
import type { Lane } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { unknownMark } from "@/lib/format";
import { useSaving } from "@/ui/chart/chart-tools";
import { seriesOf } from "@/ui/chart/series-of";
import { chartSummary } from "@/ui/chart/summary";
import { twinOf } from "@/ui/chart/twin";
import { TwinTable } from "@/ui/chart/twin-table";
import { useChartFiles } from "@/ui/dashboard/chart-files";
import { MenuButton } from "@/ui/menu-button/menu-button";
import { DaysPlot } from "@/ui/time-series/days-plot";
import { drawnLines } from "@/ui/time-series/roles";
import type { SeriesData } from "@/ui/time-series/series";
import { Swatch } from "@/ui/time-series/series-legend";
import type { Frame } from "@/ui/time-series/series-look";
import { valueText } from "@/ui/time-series/summary";
import { useDayCursor } from "@/ui/time-series/use-day-cursor";
import classes from "./lanes.module.css";

/** Of the axis of days that the first and the last lane carry, in pixels. */
const topAxis = 24;
const bottomAxis = 18;

const frames: Record<Frame["days"], Frame> = {
  top: { days: "top", named: false },
  none: { days: "none", named: false },
  bottom: { days: "bottom", named: false },
};

type Props = {
  lane: Lane;
  subject: string;
  syncKey: string;
  /** Where the days are written. */
  days: Frame["days"];
  /** In pixels, without the days. */
  height: number;
};

/** One lane: what it is and what it says on the day under the cursor, then the line. */
export function LaneRow({ lane, subject, syncKey, days, height }: Props) {
  const { locale, now } = useDisplay();
  const [asTable, setAsTable] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const summaryId = useId();
  const { data } = lane;
  const title = data.title || lane.name;
  const series = useMemo(() => seriesOf("lines", data), [data]);
  const twin = useMemo(() => twinOf("lines", data), [data]);
  const { drawn } = useMemo(() => drawnLines(series.lines, false), [series]);
  const cursor = useDayCursor(series, syncKey);
  const files = useChartFiles(`${subject.replace("/", "-")}-${lane.name}`);
  const saving = useSaving({ kind: "lines", data, title, body, onSavePng: files.png, onSaveCsv: files.csv });
  const turn = {
    id: "table",
    label: asTable ? "View as chart" : "View as table",
    icon: asTable ? IconChartLine : IconTable,
    run: () => setAsTable(!asTable),
  };
  const axis = days === "top" ? topAxis : days === "bottom" ? bottomAxis : 0;
  return (
    <figure className={classes.lane} aria-label={title} data-days={days}>
      <figcaption className={classes.gutter}>
        <span className={classes.name} title={title}>
          {title}
        </span>
        <span className={classes.tools}>
          <MenuButton label={`More for ${title}`} actions={[turn, ...saving.actions]} />
        </span>
        <Values series={series} index={cursor.shown} />
      </figcaption>
      <div ref={body} className={classes.plot}>
        <p id={summaryId} className="visually-hidden">
          {chartSummary("lines", data, locale, now)}
        </p>
        {saving.problem && <p role="alert">The picture could not be drawn</p>}
        {asTable ? (
          <TwinTable title={title} twin={twin} openable={() => false} />
        ) : (
          <DaysPlot
            data={series}
            drawn={drawn}
            title={title}
            describedBy={summaryId}
            height={height + axis}
            cursor={cursor}
            frame={frames[days]}
          />
        )}
      </div>
    </figure>
  );
}

/** What the lines say on a day; of several lines each with the look of its line. */
function Values({ series, index }: { series: SeriesData; index: number }) {
  const { locale } = useDisplay();
  const { drawn } = drawnLines(series.lines, false);
  return (
    <span className={classes.values}>
      {drawn.map((line) => {
        const value = line.values[index] ?? null;
        return (
          <span key={`${line.role} ${line.label}`} title={line.label}>
            {drawn.length > 1 && <Swatch line={line} />}
            <b>{value === null ? unknownMark : valueText(value, series.unit, locale)}</b>
          </span>
        );
      })}
    </span>
  );
}
