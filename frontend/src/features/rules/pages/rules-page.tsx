import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useCommands } from "@/lib/command-context";
import { useDisplay } from "@/lib/display";
import { formatDay } from "@/lib/format";
import type { Column } from "@/ui/data-table/column";
import { DataTable } from "@/ui/data-table/data-table";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { policiesQuery } from "../api/queries";
import type { Policy } from "../api/types";
import { HealthMark } from "../components/health-mark";
import { PolicyInspector } from "../components/policy-inspector";

const subjectWords: Record<string, string> = {
  account: "the account",
  marketplace: "each marketplace",
  sku: "each SKU",
  campaign: "each campaign",
  search_term: "each search term",
  health_metric: "each health metric",
};

const columns: Column<Policy>[] = [
  { id: "title", title: "Policy", rowHeader: true, render: (policy) => policy.title },
  { id: "health", title: "State", render: (policy) => <HealthMark policy={policy} /> },
  { id: "subject", title: "Looks at", render: (policy) => subjectWords[policy.subject] ?? policy.subject },
  { id: "matches", title: "Decided now", align: "end", render: (policy) => policy.matches },
  {
    id: "cant_tell",
    title: "Cannot tell",
    align: "end",
    help: "Subjects for which a needed fact is missing, stale or not settled",
    render: (policy) => policy.cant_tell,
  },
];

/** What is watched, in which order cases are tried, and the figures that can be changed. */
export function RulesPage() {
  const search: { policy?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { locale, now } = useDisplay();
  const query = useQuery(policiesQuery);
  const policies = useMemo(
    () => [...(query.data?.policies ?? [])].sort((a, b) => Number(b.health === "err") - Number(a.health === "err")),
    [query.data],
  );
  const chosen = policies.find((policy) => policy.name === search.policy);
  const choose = (policy?: string) => void navigate({ to: "/rules", search: { policy }, replace: true });
  useCommands(
    useMemo(
      () => [
        {
          id: "rules.close",
          label: "Close the details",
          group: "Rules",
          keys: ["escape"],
          keyOnly: true,
          run: () => void navigate({ to: "/rules", search: { policy: undefined }, replace: true }),
        },
      ],
      [navigate],
    ),
  );
  const asOf = query.data?.as_of ?? "";
  return (
    <Page
      title="Rules"
      lead={
        asOf === ""
          ? "Each policy tries its cases in order; the first that holds decides."
          : `Each policy tries its cases in order; the first that holds decides. Last judged on data to ${formatDay(asOf, locale, now)}.`
      }
      inspector={chosen && <PolicyInspector key={chosen.name} policy={chosen} onClose={() => choose()} />}
    >
      <RefreshingBar active={query.isFetching && query.data !== undefined} />
      {query.error && !query.data && (
        <ErrorState effect="The rules could not be read." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <LoadingRows rows={10} label="Reading the rules" />}
      {query.data && (
        <DataTable
          label="Policies"
          rows={policies}
          columns={columns}
          rowKey={(policy) => policy.name}
          selected={chosen?.name}
          onSelect={(policy) => choose(policy.name)}
        />
      )}
    </Page>
  );
}
