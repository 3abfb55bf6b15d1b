import type { UseQueryResult } from "@tanstack/react-query";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import type { KindFreshness } from "../api/types";
import { groupKinds } from "../logic/freshness";
import classes from "./freshness-table.module.css";
import { StateChip } from "./state-chip";

type Props = { query: UseQueryResult<KindFreshness[]>; selected: string; onSelect: (kind: string) => void };

/** Every kind of report Purser reads: how fresh it is, or what it would unlock and where to get it. */
export function FreshnessTable({ query, selected, onSelect }: Props) {
  if (query.isPending) return <LoadingRows rows={8} label="Reading how fresh the reports are" tall />;
  if (query.isError) {
    return (
      <ErrorState
        effect="How fresh the reports are could not be read."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const { taken, missing } = groupKinds(query.data);
  return (
    <>
      <RefreshingBar active={query.isFetching} />
      <table className={classes.table} aria-label="Reports and how fresh they are">
        <thead>
          <tr>
            <th scope="col">Report</th>
            <th scope="col">State</th>
            <th scope="col" data-align="end">
              As of
            </th>
            <th scope="col" data-align="end">
              Settled through
            </th>
            <th scope="col" data-align="end">
              Rows
            </th>
            <th scope="col" data-align="end">
              Files
            </th>
          </tr>
        </thead>
        {taken.length > 0 && (
          <tbody>
            {taken.map((kind) => (
              <TakenRow key={kind.kind} kind={kind} selected={selected === kind.kind} onSelect={onSelect} />
            ))}
          </tbody>
        )}
        {missing.length > 0 && (
          <tbody>
            <tr>
              <th scope="rowgroup" colSpan={6} className={classes.group}>
                Not imported yet
              </th>
            </tr>
            {missing.map((kind) => (
              <MissingRow key={kind.kind} kind={kind} selected={selected === kind.kind} onSelect={onSelect} />
            ))}
          </tbody>
        )}
      </table>
    </>
  );
}

type RowProps = { kind: KindFreshness; selected: boolean; onSelect: (kind: string) => void };

function TakenRow({ kind, selected, onSelect }: RowProps) {
  const { locale } = useDisplay();
  return (
    // The button in the row does the same by keyboard.
    <tr data-taken data-selected={selected} onClick={() => onSelect(kind.kind)}>
      <th scope="row">
        <TitleButton kind={kind} selected={selected} />
        {!kind.text.startsWith("as of") && <span className={classes.small}>{kind.text}</span>}
      </th>
      <td>
        <StateChip state={kind.state} />
      </td>
      <td data-align="end">
        <Day value={kind.as_of} />
      </td>
      <td data-align="end">
        <Day value={kind.settled_through} />
      </td>
      <td data-align="end">{formatNumber(kind.rows, locale)}</td>
      <td data-align="end">{formatNumber(kind.documents, locale)}</td>
    </tr>
  );
}

function MissingRow({ kind, selected, onSelect }: RowProps) {
  return (
    // The button in the row does the same by keyboard.
    <tr data-selected={selected} onClick={() => onSelect(kind.kind)}>
      <th scope="row">
        <TitleButton kind={kind} selected={selected} />
      </th>
      <td>
        <StateChip state="missing" />
      </td>
      <td colSpan={4} className={classes.how}>
        <span>
          <span className={classes.key}>Unlocks</span> {kind.unlocks}
        </span>
        <span>
          <span className={classes.key}>Where</span> {kind.where}
        </span>
      </td>
    </tr>
  );
}

function TitleButton({ kind, selected }: { kind: KindFreshness; selected: boolean }) {
  return (
    <button type="button" className={classes.title} aria-pressed={selected}>
      {kind.title}
    </button>
  );
}
