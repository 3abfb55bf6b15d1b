import type { ReactNode } from "react";
import { useDisplay } from "@/lib/display";
import { unknownMark } from "@/lib/format";
import type { DrawnLine } from "./roles";
import type { SeriesData } from "./series";
import { dayText, readOut, valueText } from "./summary";
import classes from "./time-series.module.css";

type Props = {
  data: SeriesData;
  drawn: readonly DrawnLine[];
  index: number;
  /** Lines that only the table has. */
  leftOut: number;
};

const hatched = "hatched: still settling";

/** What the lines are and what they say on the day under the cursor, in one line. */
export function SeriesLegend({ data, drawn, index, leftOut }: Props) {
  const { locale, now } = useDisplay();
  const day = data.days[index];
  const settles = data.settlingFrom > 0;
  const write = (line: DrawnLine | undefined, unit = data.unit) => {
    const value = line?.values[index] ?? null;
    return value === null ? unknownMark : valueText(value, unit, locale);
  };
  const low = drawn.find((line) => line.role === "band_low");
  const high = drawn.find((line) => line.role === "band_high");
  const spoken = readOut(data, index, locale, now);
  return (
    <div className={classes.legend} title={settles ? `${spoken} (${hatched})` : spoken}>
      <span className={classes.items}>
        {day !== undefined && (
          <span className={classes.day}>
            {dayText(day, locale, now)}
            {settles && day >= data.settlingFrom && (
              <>
                {" "}
                · <span aria-hidden="true">◐</span>
                <span className={classes.word}> settling</span>
              </>
            )}
          </span>
        )}
        {drawn
          .filter((line) => line.style.form !== "band")
          .map((line, at) => (
            <Item
              key={`${line.role} ${line.label}`}
              label={line.label}
              value={write(line, at === 0 ? data.unit : "")}
              main={line.role === "main"}
            >
              <Swatch line={line} />
            </Item>
          ))}
        {low && high && (
          <Item label={high.label || low.label} value={`${write(low, "")} – ${write(high, "")}`}>
            <span className={classes.bandSwatch} aria-hidden="true" />
          </Item>
        )}
        {leftOut > 0 && <span className={classes.day}>{leftOut} more in the table</span>}
      </span>
      {settles && <span className={classes.settling}>{hatched}</span>}
    </div>
  );
}

type ItemProps = {
  label: string;
  value: string;
  /** Its name gives way to no other. */
  main?: boolean;
  children: ReactNode;
};

function Item({ label, value, main = false, children }: ItemProps) {
  return (
    <span className={classes.item} data-main={main}>
      {children}
      <span className={classes.name}>{label}</span>
      <b>{value}</b>
    </span>
  );
}

/** How a line is drawn, in small. */
export function Swatch({ line: { style } }: { line: DrawnLine }) {
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
