import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { FirstUse } from "@/ui/state-card/state-card";
import { monthsQuery } from "../../api/queries";
import type { Month } from "../../api/types";
import { reviewLooks } from "../../logic/looks";
import { Mark } from "../mark/mark";
import { ReportOfMonth } from "../report/report";
import { MonthReview } from "./month-review";
import classes from "./months.module.css";

type Props = { month: string; view: "report" | undefined };

/** The months with what was dealt with in each, and the review or the report of the chosen one. */
export function Monthly({ month, view }: Props) {
  const query = useQuery(monthsQuery);
  const navigate = useNavigate();
  if (query.error && !query.data) {
    return (
      <ErrorState effect="The months could not be read." error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (!query.data) return <LoadingRows rows={8} label="Reading the months" />;
  const { months } = query.data;
  const shown = month || (months.find((one) => one.to_look > one.looked) ?? months[0])?.month || "";
  if (shown === "") {
    return (
      <FirstUse
        title="Nothing was decided yet"
        action={{ label: "Go to Today", run: () => void navigate({ to: "/today" }) }}
      >
        Once a month you look at some of what was approved: were those decisions right? How many is worked out for you,
        and which ones is drawn by lot, so that nobody can choose. Approve something on Today, and it will be here.
      </FirstUse>
    );
  }
  return (
    <div className={classes.room}>
      <nav className={classes.months} aria-label="Months">
        <RefreshingBar active={query.isFetching} />
        <ul>
          {months.map((one) => (
            <li key={one.month}>
              <MonthLink month={one} shown={one.month === shown} />
            </li>
          ))}
        </ul>
      </nav>
      {view === "report" ? <ReportOfMonth key={shown} month={shown} /> : <MonthReview key={shown} month={shown} />}
    </div>
  );
}

function MonthLink({ month, shown }: { month: Month; shown: boolean }) {
  const { locale } = useDisplay();
  return (
    <Link
      to="/audits"
      search={{ month: month.month }}
      className={classes.month}
      data-shown={shown}
      activeProps={{ "aria-current": undefined }}
      aria-current={shown ? "true" : undefined}
    >
      <strong>{month.title}</strong>
      <Mark look={reviewLooks[month.state]} word={month.state_text} />
      <small>
        {formatNumber(month.looked, locale)} of {formatNumber(month.to_look, locale)} looked at, of{" "}
        {formatNumber(month.decided, locale)} decided
      </small>
      {month.wrong + month.critical > 0 && (
        <small>
          {formatNumber(month.wrong, locale)} wrong, {formatNumber(month.critical, locale)} critical
        </small>
      )}
    </Link>
  );
}
