import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import type { Column } from "@/ui/data-table/column";
import { DataTable } from "@/ui/data-table/data-table";
import { Day } from "@/ui/day/day";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { FirstUse } from "@/ui/state-card/state-card";
import { documentsQuery } from "../api/queries";
import type { Document } from "../api/types";
import { sizeText } from "../logic/result-text";
import { DocumentState } from "./document-state";

type Props = { selected: number; onSelect: (id: number) => void };

const key = (row: Document) => String(row.id);

/** Every report file taken in, newest first; more are read as one scrolls. Enter opens the rows of one. */
export function DocumentsTable({ selected, onSelect }: Props) {
  const query = useInfiniteQuery(documentsQuery);
  const navigate = useNavigate();
  const { locale } = useDisplay();
  const columns = useMemo(() => documentColumns(locale), [locale]);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onRange = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && last >= rows.length - 30) void fetchNextPage();
    },
    [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length],
  );
  const open = useCallback(
    (row: Document) => void navigate({ to: "/rows/original", search: { document: row.id } }),
    [navigate],
  );
  if (query.isPending) return <LoadingRows rows={10} label="Reading the list of files" />;
  if (query.isError) {
    return (
      <ErrorState
        effect="The list of files could not be read."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (rows.length === 0) {
    return (
      <FirstUse
        title="No file has been imported"
        action={{
          label: "Import files",
          run: () => void navigate({ to: "/data/import", search: { paths: [], job: "" } }),
        }}
      >
        Each file you import is listed here with what was stored of it and which rows could not be read.
      </FirstUse>
    );
  }
  return (
    <>
      <RefreshingBar active={query.isFetching} />
      <DataTable
        label="Files taken in"
        rows={rows}
        columns={columns}
        rowKey={key}
        selected={selected > 0 ? String(selected) : undefined}
        onSelect={(row) => onSelect(row.id)}
        onOpen={open}
        total={query.data.pages[0]?.total}
        onRange={onRange}
      />
    </>
  );
}

function documentColumns(locale: string): Column<Document>[] {
  const number = (id: "rows" | "stored" | "quarantined", title: string): Column<Document> => ({
    id,
    title,
    align: "end",
    render: (row) => formatNumber(row[id], locale),
  });
  return [
    { id: "file", title: "File", rowHeader: true, sticky: true, render: (row) => row.file },
    { id: "state", title: "State", render: (row) => <DocumentState document={row} /> },
    { id: "kind", title: "Report", render: (row) => row.kind_title },
    { id: "marketplace", title: "Market", render: (row) => row.marketplace || "—" },
    number("rows", "Rows"),
    number("stored", "Stored"),
    number("quarantined", "Quarantined"),
    { id: "days", title: "Days", render: (row) => <Span first={row.first_day} last={row.last_day} /> },
    { id: "observed", title: "Made", align: "end", render: (row) => <Day value={row.observed_at} /> },
    { id: "imported", title: "Imported", align: "end", render: (row) => <Day value={row.imported_at} /> },
    { id: "size", title: "Size", align: "end", render: (row) => sizeText(row.size) },
  ];
}

function Span({ first, last }: { first: string; last: string }) {
  if (first === "" && last === "") return "—";
  if (first === last) return <Day value={first} />;
  return (
    <>
      <Day value={first} /> – <Day value={last} />
    </>
  );
}
