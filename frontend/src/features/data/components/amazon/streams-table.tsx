import type { UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { useDisplay } from "@/lib/display";
import { streamLook } from "@/lib/fetching/stream-state";
import { formatNumber, notApplicable } from "@/lib/format";
import type { Column } from "@/ui/data-table/column";
import { DataTable } from "@/ui/data-table/data-table";
import { Day } from "@/ui/day/day";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { StaleNotice } from "@/ui/state-card/state-card";
import type { Stream } from "../../api/types";
import { tookText } from "../../logic/ask-words";
import { placeName } from "../../logic/places";
import { streamKey } from "../../logic/streams";
import classes from "./amazon.module.css";
import { FetchState } from "./fetch-state";
import { NotFetching, notReadAgain } from "./not-fetching";
import { NothingConnected } from "./nothing-connected";

type Props = { query: UseQueryResult<Stream[]>; selected: string; onSelect: (key: string) => void };

/** Each kind of data at each place: how it stands, how far it reaches, when it is asked for next. */
export function StreamsTable({ query, selected, onSelect }: Props) {
  const { locale } = useDisplay();
  const columns = useMemo(() => streamColumns(locale), [locale]);
  if (query.isPending) return <LoadingRows rows={12} label="Reading what is fetched" />;
  if (query.data === undefined) {
    return (
      <NotFetching
        effect="What is fetched from Amazon could not be read."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (query.data.length === 0) return <NothingConnected />;
  return (
    <>
      {query.isError && <StaleNotice>{notReadAgain}</StaleNotice>}
      <DataTable
        label="Data from Amazon"
        rows={query.data}
        columns={columns}
        rowKey={streamKey}
        selected={selected === "" ? undefined : selected}
        onSelect={(row) => onSelect(streamKey(row))}
      />
    </>
  );
}

function streamColumns(locale: string): Column<Stream>[] {
  return [
    { id: "title", title: "Data", rowHeader: true, sticky: true, render: (row) => row.title },
    { id: "place", title: "Place", render: placeName },
    { id: "state", title: "State", render: (row) => <FetchState look={streamLook(row.state)} /> },
    { id: "as_of", title: "As of", align: "end", render: (row) => <Day value={row.covered_until} /> },
    { id: "settled", title: "Settled through", align: "end", render: (row) => <Day value={row.settled_through} /> },
    { id: "next", title: "Next run", align: "end", render: (row) => <Day value={row.next_run} /> },
    {
      id: "rows",
      title: "Rows",
      align: "end",
      render: (row) => (row.last_success ? formatNumber(row.rows, locale) : notApplicable),
    },
    {
      id: "took",
      title: "Took",
      align: "end",
      render: (row) => (row.last_success ? tookText(row.seconds) : notApplicable),
    },
    { id: "quota", title: "Quota left", render: (row) => row.quota_left || notApplicable },
    {
      id: "error",
      title: "Last error",
      render: ({ failure }) =>
        failure ? (
          <span className={classes.clipped} title={failure.message}>
            {failure.message}
          </span>
        ) : (
          notApplicable
        ),
    },
  ];
}
