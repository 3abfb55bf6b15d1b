import { useDisplay } from "@/lib/display";
import { unknownMark } from "@/lib/format";
import type { DrawnLine } from "./roles";
import type { SeriesData } from "./series";
import { dayText, valueText } from "./summary";
import classes from "./time-series.module.css";

type Props = { data: SeriesData; drawn: readonly DrawnLine[]; index: number };

/** What the lines are and what they say on the day under the cursor. */
export function SeriesLegend({ data, drawn, index }: Props) {
  const { locale, now } = useDisplay();
  const day = data.days[index];
  const write = (line: DrawnLine | undefined, unit = data.unit) => {
    const value = line?.values[index] ?? null;
    return value === null ? unknownMark : valueText(value, unit, locale);
  };
  const low = drawn.find((line) => line.role === "band_low");
  const high = drawn.find((line) => line.role === "band_high");
  return (
    <div className={classes.legend}>
      {day !== undefined && (
        <span className={classes.day}>
          {dayText(day, locale, now)}
          {data.settlingFrom > 0 && day >= data.settlingFrom && (
            <>
              <span aria-hidden="true"> ◐</span> settling
            </>
          )}
        </span>
      )}
      {drawn
        .filter((line) => line.style.form !== "band")
        .map((line) => (
          <span key={`${line.role} ${line.label}`} className={classes.item}>
            <Swatch line={line} />
            {line.label} <b>{write(line)}</b>
          </span>
        ))}
      {low && high && (
        <span className={classes.item}>
          <span className={classes.bandSwatch} aria-hidden="true" />
          {high.label || low.label} <b>{`${write(low, "")} – ${write(high)}`}</b>
        </span>
      )}
      {data.settlingFrom > 0 && <span className={classes.settling}>hatched: still settling</span>}
    </div>
  );
}

function Swatch({ line: { style } }: { line: DrawnLine }) {
  const colour = { stroke: `var(${style.token})`, fill: `var(${style.token})` };
  return (
    <svg className={classes.swatch} width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
      {style.form === "column" ? (
        <rect x="5" y="0" width="8" height="8" rx="1" style={{ fill: colour.fill }} />
      ) : (
        <line x1="0" y1="4" x2="18" y2="4" style={colour} strokeWidth="1.8" strokeDasharray={style.dash.join(" ")} />
      )}
    </svg>
  );
}
