import { useDisplay } from "@/lib/display";
import { dayParts, formatDay, formatNumber } from "@/lib/format";
import classes from "./backtest.module.css";
import type { Week } from "./types";

type Props = {
  weeks: readonly Week[];
  /** Whether the version compared with is drawn beside. */
  compared: boolean;
};

/** Episodes begun in each week as bars; weeks that can still change are hatched. Its numbers stand in the table. */
export function WeekStrip({ weeks, compared }: Props) {
  const { locale, now } = useDisplay();
  const most = Math.max(1, ...weeks.map((week) => Math.max(week.episodes, compared ? week.before : 0)));
  const peak = weeks.reduce((best, week) => (week.episodes > best.episodes ? week : best), weeks[0] ?? emptyWeek);
  const label = `Episodes by week over ${formatNumber(weeks.length, locale)} weeks; most, ${formatNumber(peak.episodes, locale)}, in the week of ${formatDay(peak.from, locale, now)}.`;
  return (
    <div className={classes.strip} role="img" aria-label={label}>
      <span className={classes.most}>{formatNumber(most, locale)}</span>
      <div className={classes.weeks}>
        {weeks.map((week, index) => (
          <div key={week.from} className={classes.week} title={tipOf(week, compared, locale, now)}>
            {compared && <i className={classes.barBefore} style={{ height: `${(100 * week.before) / most}%` }} />}
            <i
              className={classes.bar}
              data-unsettled={week.unsettled || undefined}
              style={{ height: `${(100 * week.episodes) / most}%` }}
            />
            {startsMonth(weeks, index) && <span className={classes.month}>{formatDay(week.from, locale, now)}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

const emptyWeek: Week = { from: "", episodes: 0, before: 0, unsettled: false };

/** Every fifth week or so carries its day: the first of a month, where there is room for it. */
function startsMonth(weeks: readonly Week[], index: number): boolean {
  const months = weeks.length > 30 ? 2 : 1;
  const month = (at: number) => dayParts(weeks[at]?.from ?? "")?.month ?? 0;
  if (index === 0) return true;
  if (index < 3 || weeks.length - index < 2) return false;
  return month(index) !== month(index - 1) && month(index) % months === 0;
}

function tipOf(week: Week, compared: boolean, locale: string, now: string): string {
  const parts = [`Week of ${formatDay(week.from, locale, now)}: ${formatNumber(week.episodes, locale)}`];
  if (compared) parts.push(`before ${formatNumber(week.before, locale)}`);
  if (week.unsettled) parts.push("can still change");
  return parts.join(", ");
}
