import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { DataTable } from "@/ui/data-table/data-table";
import { FilterField } from "@/ui/filter-field/filter-field";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { EmptyGood, FirstUse, NoMatch } from "@/ui/state-card/state-card";
import { itemsQuery } from "../api/queries";
import type { Item } from "../api/types";
import { costColumns } from "./cost-columns";
import { DefaultLeadTime } from "./default-lead-time";
import { PasteCosts } from "./paste-costs";
import classes from "./settings.module.css";
import { UndoLine } from "./undo-line";
import { itemKey, useCosts } from "./use-costs";
import { useSettingsSearch } from "./use-settings-search";

/** What each SKU costs and how long it takes to come: the figures that only the seller has. */
export function CostsSection() {
  const [search, change] = useSettingsSearch();
  const [pasting, setPasting] = useState(false);
  const { locale } = useDisplay();
  const filter = search.q ?? "";
  const setFilter = useCallback((q: string) => change({ q: q || undefined }), [change]);
  const query = useInfiniteQuery(itemsQuery(filter, search.missing ?? false));
  const edit = useCosts();
  const { save } = edit;
  const columns = useMemo(() => costColumns(save), [save]);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onRange = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && last >= rows.length - 30) void fetchNextPage();
    },
    [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length],
  );
  const first = query.data?.pages[0];
  return (
    <>
      <div className={classes.toolbar}>
        <FilterField label="Filter SKUs" placeholder="SKU, ASIN or title" value={filter} onChange={setFilter} />
        <Checkbox
          label={first ? `Missing cost, ${formatNumber(first.missing_cost, locale)}` : "Missing cost"}
          checked={search.missing ?? false}
          onChange={(event) => change({ missing: event.currentTarget.checked || undefined })}
        />
        {first && <DefaultLeadTime days={first.default_lead_time} />}
        <Button variant="default" aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
          Paste a list
        </Button>
        <UndoLine saved={edit.saved} problem={edit.problem} />
      </div>
      {pasting && <PasteCosts onClose={() => setPasting(false)} />}
      {first && first.missing_cost > 0 && <MissingNotice count={first.missing_cost} />}
      <RefreshingBar active={query.isFetching && !query.isPending} />
      {query.isPending && <LoadingRows rows={10} label="Reading the SKUs" />}
      {query.isError && (
        <ErrorState effect="The SKUs could not be read." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {first && rows.length === 0 && <NoItems filter={filter} />}
      {rows.length > 0 && (
        <DataTable<Item>
          label="Costs and lead times"
          rows={rows}
          columns={columns}
          rowKey={itemKey}
          total={first?.total}
          onRange={onRange}
        />
      )}
    </>
  );
}

function MissingNotice({ count }: { count: number }) {
  const { locale } = useDisplay();
  return (
    <div className={classes.notice} role="status">
      <span aria-hidden="true">⊘ </span>
      {count === 1 ? "1 SKU has" : `${formatNumber(count, locale)} SKUs have`} no cost. Profit, break-even ACoS and
      money at stake stay unknown there, and policies that need them say that they can't tell.
    </div>
  );
}

function NoItems({ filter }: { filter: string }) {
  const [search, change] = useSettingsSearch();
  if (filter !== "") {
    return (
      <NoMatch
        filters={`No SKU ${search.missing ? "without a cost " : ""}mentions "${filter}".`}
        onClear={() => change({ q: undefined, missing: undefined })}
      />
    );
  }
  if (search.missing) {
    return (
      <EmptyGood
        title="Every SKU has its cost"
        action={{ label: "Show all", run: () => change({ missing: undefined }) }}
      />
    );
  }
  return (
    <FirstUse title="No SKU is known yet">
      <p>Import a report that names your SKUs (orders, inventory or listings). Each one is then listed here.</p>
    </FirstUse>
  );
}
