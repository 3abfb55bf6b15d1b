import { useQuery } from "@tanstack/react-query";
import { useDisplay } from "@/lib/display";
import { formatNumber, notApplicable } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { quotaQuery } from "../../api/jobs";
import { groupName, regionName } from "../../logic/places";
import { type QuotaLine, quotaTable } from "../../logic/quota";
import classes from "./jobs.module.css";

/** Requests made by day, and what is begun today against a usual day. */
export function RequestsTable() {
  const query = useQuery(quotaQuery);
  if (query.isPending) return <LoadingRows rows={4} label="Reading what was asked of Amazon" />;
  if (query.data === undefined) {
    return (
      <ErrorState
        effect="What was asked of Amazon could not be read."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const { days, lines } = quotaTable(query.data);
  if (lines.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.requests} aria-label="Requests made by day" tabIndex={0}>
      <table className={classes.table}>
        <caption>Requests made by day (UTC), and what is begun against a usual day</caption>
        <thead>
          <tr>
            <th scope="col">Asked of</th>
            <th scope="col">Quota left</th>
            <th scope="col" data-align="end">
              Begun
            </th>
            <th scope="col" data-align="end">
              Usual day
            </th>
            {days.map((day) => (
              <th key={day} scope="col" data-align="end">
                <Day value={day} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.key} line={line} days={days} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ line, days }: { line: QuotaLine; days: readonly string[] }) {
  const { locale } = useDisplay();
  return (
    <tr>
      <th scope="row">
        {groupName(line.group)} <span className={classes.counts}>{regionName(line.region)}</span>
      </th>
      <td>{line.left || notApplicable}</td>
      <td data-align="end">{formatNumber(line.begun, locale)}</td>
      <td data-align="end">{formatNumber(line.planned, locale)}</td>
      {days.map((day) => (
        <td key={day} data-align="end">
          {formatNumber(line.requests[day] ?? 0, locale)}
        </td>
      ))}
    </tr>
  );
}
