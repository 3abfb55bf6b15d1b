import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useCommands } from "@/lib/command-context";
import { definitionQuery } from "@/lib/dashboards/queries";
import { scopeAndRange, viewOf } from "@/lib/dashboards/search";
import type { Definition, Reference } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { StateCard } from "@/ui/state-card/state-card";
import { Parts } from "../components/parts";
import classes from "../components/rows.module.css";
import { RowsTable } from "../components/rows-table";
import { useRowWindows } from "../components/use-row-windows";
import { type RowsSearch, rowsSearch } from "../logic/search";
import { headingOf } from "../logic/wording";

/** Every row of every file that a number was made of. */
export function RowsPage() {
  const raw = useSearch({ strict: false });
  const search = useMemo(() => rowsSearch(raw), [raw]);
  const reference = useReference(search);
  useBackKey();
  if (search.name === "") {
    return (
      <Page title="Rows">
        <StateCard title="No number was named">Press R on a number of any page to see the rows behind it.</StateCard>
      </Page>
    );
  }
  return <RowsOf key={`${search.name}/${search.subject}`} search={search} reference={reference} />;
}

/** The same object as long as it asks the same; the cursor is no part of the question. */
function useReference(search: RowsSearch): Reference {
  const asked = JSON.stringify([search.name, search.subject ?? "", viewOf(search)]);
  return useMemo(() => {
    const [name, subject, view] = JSON.parse(asked);
    return { name, subject, view };
  }, [asked]);
}

function RowsOf({ search, reference }: { search: RowsSearch; reference: Reference }) {
  const { hide_amounts } = useDisplay();
  const definition = useQuery(definitionQuery(reference));
  const found = definition.data;
  return (
    <Page
      title={found ? headingOf(found, hide_amounts) : "Rows"}
      lead={found ? <Lead definition={found} /> : "The rows behind a number."}
    >
      {definition.isPending && <LoadingRows rows={10} label="Reading what the number is" />}
      {definition.isError && (
        <ErrorState
          effect="The number could not be read."
          error={definition.error}
          onRetry={() => void definition.refetch()}
        />
      )}
      {found?.has_rows && <Rows title={found.title} search={search} reference={reference} />}
      {found && !found.has_rows && <Made definition={found} search={search} />}
    </Page>
  );
}

function Lead({ definition }: { definition: Definition }) {
  return (
    <>
      {definition.meaning}
      {definition.from !== "" && (
        <>
          {" "}
          <Day value={definition.from} /> – <Day value={definition.to} />
        </>
      )}
    </>
  );
}

/** A number that is made of others has their rows. */
function Made({ definition, search }: { definition: Definition; search: RowsSearch }) {
  if (definition.parts.length === 0) {
    return (
      <StateCard title="No row stands behind this number">
        {definition.formula === "" ? "It was not read from a file." : definition.formula}
      </StateCard>
    );
  }
  return (
    <>
      <p className={classes.how}>
        {(definition.formula || "It is made of other numbers").replace(/\.?$/, ".")} Each of them has its own rows.
      </p>
      <Parts parts={definition.parts} view={scopeAndRange(search)} />
    </>
  );
}

type RowsProps = { title: string; search: RowsSearch; reference: Reference };

function Rows({ title, search, reference }: RowsProps) {
  const navigate = useNavigate();
  const { locale } = useDisplay();
  const at = search.at ?? 0;
  const { head, rows, files, total, onRange, reading, error } = useRowWindows(reference, at);
  const moveTo = useCallback(
    (index: number) =>
      void navigate({
        to: "/rows",
        search: (before: Record<string, unknown>) => ({ ...before, at: index || undefined }),
        replace: true,
      }),
    [navigate],
  );
  if (head.isPending) return <LoadingRows rows={12} label="Reading the rows" />;
  if (head.isError) {
    return <ErrorState effect="The rows could not be read." error={head.error} onRetry={() => void head.refetch()} />;
  }
  if (total === 0) {
    return (
      <StateCard title="No row counts here">
        {head.data.how} In these days and marketplaces no row of a file does.
      </StateCard>
    );
  }
  return (
    <>
      <RefreshingBar active={reading} />
      <p className={classes.how}>
        <span>{head.data.how}</span>
        <span role="status">{total === 1 ? "1 row" : `${formatNumber(total, locale)} rows`}</span>
      </p>
      {error !== undefined && <ErrorState effect="Some rows could not be read." error={error} />}
      <RowsTable
        title={title}
        headings={head.data.columns}
        rows={rows}
        files={files}
        total={total}
        at={Math.min(at, total - 1)}
        onAt={moveTo}
        onRange={onRange}
      />
    </>
  );
}

function useBackKey() {
  const { history } = useRouter();
  useCommands(
    useMemo(
      () => [
        {
          id: "rows.back",
          label: "Back to the number",
          group: "Rows",
          keys: ["escape"],
          run: () => history.back(),
        },
      ],
      [history],
    ),
  );
}
