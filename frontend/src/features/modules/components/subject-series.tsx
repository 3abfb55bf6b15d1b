import { SegmentedControl, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { dayFromNumber, dayNumber } from "@/lib/format";
import { Chart } from "@/ui/chart/chart";
import { dailyChartData } from "@/ui/chart/daily-chart-data";
import { InspectorSection } from "@/ui/inspector/inspector";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { seriesQuery } from "../api/queries";
import type { DailySeries } from "../api/types";
import type { SeriesChoice } from "../logic/columns";
import { type ModuleSearch, SERIES_DAYS } from "../logic/search";
import classes from "./module.module.css";

type Props = {
  module: string;
  subject: string;
  asOf: string;
  choices: SeriesChoice[];
  search: ModuleSearch;
  onChange: (change: ModuleSearch) => void;
};

/** The days behind the facts of a subject. */
export function SubjectSeries({ module, subject, asOf, choices, search, onChange }: Props) {
  const chosen = choices.find((c) => c.name === search.series) ?? choices[0];
  const days = search.days ?? 90;
  const to = asOf;
  const from = asOf === "" ? "" : dayFromNumber(dayNumber(asOf) - days + 1);
  const query = useQuery(seriesQuery(module, chosen?.name ?? "", subject, from, to));
  if (!chosen) return null;
  return (
    <InspectorSection title="Day by day">
      <div className={classes.seriesTools}>
        {choices.length > 1 ? (
          <Select
            aria-label="Series"
            data={choices.map((c) => ({ value: c.name, label: c.title }))}
            value={chosen.name}
            onChange={(series) => series && onChange({ series })}
            allowDeselect={false}
            w={170}
          />
        ) : (
          <span>{chosen.title}</span>
        )}
        <SegmentedControl
          aria-label="Days shown"
          data={SERIES_DAYS.map((n) => ({ value: String(n), label: `${n} d` }))}
          value={String(days)}
          onChange={(n) => onChange({ days: Number(n) })}
        />
      </div>
      {query.isPending && <LoadingRows rows={4} label="Reading the days" />}
      {query.isError && (
        <ErrorState effect="The days could not be read." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && (
        <Days
          series={query.data}
          title={query.data.title.includes(".") ? chosen.title : query.data.title || chosen.title}
        />
      )}
    </InspectorSection>
  );
}

function Days({ series, title }: { series: DailySeries; title: string }) {
  const data = useMemo(
    () =>
      dailyChartData({
        title,
        label: title,
        days: series.days,
        values: series.values,
        unit: series.unit,
        currency: series.currency,
        settlingFrom: series.settling_from,
      }),
    [series, title],
  );
  if (series.values.every((v) => v === null)) {
    return (
      <p className={classes.text}>No day of this span is known. A longer one, or an older report, may have some.</p>
    );
  }
  return <Chart kind="lines" data={data} />;
}
