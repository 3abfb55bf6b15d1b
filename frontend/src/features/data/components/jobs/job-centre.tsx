import { useQuery } from "@tanstack/react-query";
import { isFilling } from "@/lib/fetching/fill";
import { progressQuery, streamsQuery } from "@/lib/fetching/queries";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { StaleNotice } from "@/ui/state-card/state-card";
import { workQuery } from "../../api/jobs";
import { NotFetching, notReadAgain } from "../amazon/not-fetching";
import { NothingConnected } from "../amazon/nothing-connected";
import { AsksTable } from "./asks-table";
import classes from "./jobs.module.css";
import { RequestsTable } from "./requests-table";

type Props = { selected: number; onSelect: (id: number) => void };

/** What is under way, what waits for its turn, what was done last, and how much was asked of Amazon. */
export function JobCentre({ selected, onSelect }: Props) {
  const work = useQuery(workQuery);
  const progress = useQuery(progressQuery);
  const streams = useQuery(streamsQuery);
  if (work.isPending || progress.isPending) return <LoadingRows rows={12} label="Reading what is under way" />;
  if (work.data === undefined || progress.data === undefined) {
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
      {(work.isError || progress.isError) && <StaleNotice>{notReadAgain}</StaleNotice>}
      {/* While the first fill runs, the band over the tabs says it. */}
      {!isFilling(streams.data ?? []) && <p className={classes.whole}>{progress.data.text}</p>}
      <AsksTable asks={work.data} selected={selected} onSelect={onSelect} />
      <RequestsTable />
    </>
  );
}
