import { Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { progressQuery, workQuery } from "../../api/jobs";
import type { Progress as Fill } from "../../api/types";
import { NotFetching } from "../amazon/not-fetching";
import { NothingConnected } from "../amazon/nothing-connected";
import { AsksTable } from "./asks-table";
import classes from "./jobs.module.css";
import { RequestsTable } from "./requests-table";

type Props = { selected: number; onSelect: (id: number) => void };

/** What is under way, what waits for its turn, what was done last, and how much was asked of Amazon. */
export function JobCentre({ selected, onSelect }: Props) {
  const work = useQuery(workQuery);
  const progress = useQuery(progressQuery);
  if (work.isPending || progress.isPending) return <LoadingRows rows={12} label="Reading what is under way" />;
  if (work.isError || progress.isError) {
    return (
      <NotFetching
        effect="What is under way could not be read."
        error={work.error ?? progress.error}
        onRetry={() => {
          void work.refetch();
          void progress.refetch();
        }}
      />
    );
  }
  if (progress.data.streams === 0) return <NothingConnected />;
  return (
    <>
      <RefreshingBar active={work.isFetching} />
      <Whole fill={progress.data} />
      <AsksTable asks={work.data} selected={selected} onSelect={onSelect} />
      <RequestsTable />
    </>
  );
}

function Whole({ fill }: { fill: Fill }) {
  const { locale } = useDisplay();
  return (
    <div className={classes.whole}>
      <span>{fill.text}</span>
      {fill.done < fill.total && (
        <>
          <Progress value={fill.percent} size={6} aria-label="Of the windows that are wanted" />
          <span className={classes.counts}>
            {formatNumber(fill.done, locale)} of {formatNumber(fill.total, locale)} windows
          </span>
        </>
      )}
    </div>
  );
}
