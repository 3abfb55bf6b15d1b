import type { UseQueryResult } from "@tanstack/react-query";
import { Day } from "@/ui/day/day";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { PartialNotice, StaleNotice } from "@/ui/state-card/state-card";
import type { Kept } from "../../api/kept";
import { ErasePart } from "./erase-part";
import classes from "./kept.module.css";
import { KeptTable } from "./kept-table";
import { PurgePart } from "./purge-part";

type Props = { query: UseQueryResult<Kept>; selected: string; onSelect: (name: string) => void };

/** What is kept how long and by which rule, what goes next, and the ways to delete. */
export function KeptTab({ query, selected, onSelect }: Props) {
  const { data } = query;
  return (
    <>
      {query.isPending && <LoadingRows rows={7} label="Reading what is kept" tall />}
      {query.isError && !data && (
        <ErrorState effect="What is kept could not be read." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {data && (
        <>
          <RefreshingBar active={query.isFetching} />
          {query.isError && (
            <StaleNotice>This could not be read again: what you see is the last that was read.</StaleNotice>
          )}
          <div className={classes.bound}>
            <p>{data.bound}</p>
            <p className={classes.small}>
              {data.bound_source} As of <Day value={data.bound_date} />.
            </p>
          </div>
          {data.waiting.map((text) => (
            <PartialNotice key={text}>{text}</PartialNotice>
          ))}
          <KeptTable rows={data.classes} selected={selected} onSelect={onSelect} />
          <PurgePart kept={data} />
        </>
      )}
      <ErasePart />
    </>
  );
}
