import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useAppState } from "@/lib/app-state";
import { rangeChoices, toPreset } from "@/lib/dashboards/ranges";
import type { DashboardSearch, RangePreset } from "@/lib/dashboards/search";
import type { Timeline } from "@/lib/dashboards/types";
import { useDashboardSearch } from "@/lib/dashboards/use-dashboard-search";
import { DefinitionHost } from "@/ui/dashboard/define-context";
import { Day } from "@/ui/day/day";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { timelineQuery } from "../api/queries";
import { Figures } from "../components/figures";
import { Lanes } from "../components/lanes";
import classes from "../components/sku.module.css";
import { useSkuKeys } from "../components/use-sku-keys";
import { Ways } from "../components/ways";

/** One SKU: what it earns, what is in stock, what happened, all over the same days. */
export function SkuPage() {
  const { subject = "" } = useParams({ strict: false }) as { subject?: string };
  const { search, view, change } = useDashboardSearch();
  const query = useQuery(timelineQuery(subject, view));
  const asOf = useAppState().data?.as_of ?? "";
  const found = query.data;
  const shown = useMemo(
    () => (found && asOf !== "" ? { from: found.from, to: found.to, as_of: asOf } : null),
    [found, asOf],
  );
  useSkuKeys({ subject, search, change, shown });
  return (
    <DefinitionHost>
      <Page
        title={found ? [found.sku, found.title].filter((part) => part !== "").join(" ") : subject}
        lead={found && <Lead timeline={found} search={search} />}
        actions={<Ranges search={search} onChange={change} />}
      >
        <RefreshingBar active={query.isFetching && !query.isPending} />
        {query.isPending && <LoadingRows rows={10} label="Reading the SKU" />}
        {query.isError && !found && (
          <ErrorState effect="This SKU could not be shown." error={query.error} onRetry={() => void query.refetch()} />
        )}
        {found && (
          <>
            <Figures figures={found.figures} subject={subject} view={view} />
            <Ways subject={subject} view={search} />
            <Lanes timeline={found} />
          </>
        )}
      </Page>
    </DefinitionHost>
  );
}

/** What the SKU is called elsewhere, where else it is sold, and how the seller marks it. */
function Lead({ timeline, search }: { timeline: Timeline; search: DashboardSearch }) {
  const { asin, marketplace, elsewhere, tags, group, from, to } = timeline;
  return (
    <span className={classes.lead}>
      {asin !== "" && <span>{asin}</span>}
      <span>
        {marketplace}
        {elsewhere.length > 0 && (
          <>
            , also in{" "}
            {elsewhere.map((subject, index) => (
              <span key={subject}>
                {index > 0 && ", "}
                <Link to="/sku/$subject" params={{ subject }} search={search}>
                  {subject.slice(0, subject.indexOf("/"))}
                </Link>
              </span>
            ))}
          </>
        )}
      </span>
      {group !== "" && <span>group {group}</span>}
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      <span>
        <Day value={from} /> – <Day value={to} />
      </span>
    </span>
  );
}

type RangesProps = { search: DashboardSearch; onChange: (change: DashboardSearch) => void };

function Ranges({ search, onChange }: RangesProps) {
  const choices = rangeChoices.filter((choice) => choice.key !== undefined || choice.preset === search.range);
  return (
    <SegmentedControl
      aria-label="Days shown"
      data={choices.map(({ preset, short }) => ({ value: preset, label: short }))}
      value={search.range === "custom" ? "" : (search.range ?? "28d")}
      onChange={(preset) => onChange(toPreset(preset as RangePreset))}
    />
  );
}
