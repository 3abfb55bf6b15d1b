import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { Column } from "@/ui/data-table/column";
import { DataTable } from "@/ui/data-table/data-table";
import { Day } from "@/ui/day/day";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { FirstUse } from "@/ui/state-card/state-card";
import type { Rate } from "../api/types";
import { rateKey, rateText } from "../logic/rates";
import { RateForm } from "./rate-form";
import classes from "./settings.module.css";
import { UndoLine } from "./undo-line";
import { useRates } from "./use-rates";

/** At what rates amounts of other currencies may be added: given by the seller, each with its day and source. */
export function RatesSection() {
  const { query, saved, problem, busy, store, forget } = useRates();
  const columns = useMemo(() => rateColumns(forget), [forget]);
  return (
    <>
      <div className={classes.rates}>
        <p>
          Amounts of different currencies are never added without a rate that has a day. A rate holds from its day until
          the next one you give; for days before the first one amounts stay apart. Converted amounts are marked ≈ and
          name their rate.
        </p>
        <RateForm busy={busy} onStore={store} />
        <UndoLine saved={saved} problem={problem} />
      </div>
      {query.isPending && <LoadingRows rows={4} label="Reading the rates" />}
      {query.isError && (
        <ErrorState effect="The rates could not be read." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.length === 0 && (
        <FirstUse title="No rate has been given">
          Each amount is shown in its own currency. One rate is enough to show the whole account in one.
        </FirstUse>
      )}
      {query.data && query.data.length > 0 && (
        <DataTable label="Rates of exchange" rows={query.data} columns={columns} rowKey={rateKey} />
      )}
    </>
  );
}

function rateColumns(forget: (rate: Rate) => void): Column<Rate>[] {
  return [
    { id: "pair", title: "Currencies", rowHeader: true, render: (rate) => `${rate.from} in ${rate.to}` },
    { id: "rate", title: "Rate", align: "end", render: (rate) => rate.rate },
    { id: "day", title: "From the day", align: "end", render: (rate) => <Day value={rate.day} /> },
    { id: "source", title: "Source", render: (rate) => rate.source },
    {
      id: "forget",
      title: "Action",
      align: "end",
      render: (rate) => (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => forget(rate)}
          aria-label={`Forget: ${rateText(rate, rate.day)}`}
        >
          Forget
        </Button>
      ),
    },
  ];
}
