import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { useCovered } from "@/lib/amounts";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { Tabbed } from "@/ui/tabbed/tabbed";
import { useChecklistActs } from "../api/mutations";
import { checklistsQuery, monthsQuery } from "../api/queries";
import { useReadAgain } from "../api/read-again";
import { CheckInspector } from "../components/checklists/check-inspector";
import { ChecklistsTab, findCheck } from "../components/checklists/checklists-tab";
import { Monthly } from "../components/months/monthly";
import { ReviewPage } from "../components/review/review-page";
import type { AuditsSearch, AuditsTab } from "../logic/search";

/** Is the shop sound overall, and were decisions right? */
export function AuditsPage() {
  useReadAgain();
  const search: AuditsSearch = useSearch({ strict: false });
  const { month = "", item = 0 } = search;
  if (month !== "" && item > 0) return <ReviewPage month={month} id={item} />;
  return search.tab === "checklists" ? <ChecklistsPage chosen={search.check ?? ""} /> : <MonthlyPage search={search} />;
}

const lead = "Is the shop sound overall, and were decisions right?";

function MonthlyPage({ search }: { search: AuditsSearch }) {
  return (
    <Page title="Audits" lead={lead}>
      <Parts tab="review">
        <Monthly month={search.month ?? ""} view={search.view} />
      </Parts>
    </Page>
  );
}

function ChecklistsPage({ chosen }: { chosen: string }) {
  const navigate = useNavigate();
  const query = useQuery(checklistsQuery);
  const lists = useCovered(query.data);
  const acts = useChecklistActs();
  const choose = useCallback(
    (check?: string) => void navigate({ to: "/audits", search: { tab: "checklists", check } }),
    [navigate],
  );
  const found = lists && findCheck(lists, chosen);
  return (
    <Page
      title="Audits"
      lead={lead}
      inspector={
        found && (
          <CheckInspector
            key={chosen}
            list={found.list}
            check={found.check}
            acts={acts}
            onClose={() => choose(undefined)}
          />
        )
      }
    >
      <Parts tab="checklists">
        {query.error && !lists && (
          <ErrorState
            effect="The checklists could not be read."
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        )}
        {query.isPending && <LoadingRows rows={10} label="Reading the checklists" />}
        {lists && (
          <ChecklistsTab lists={lists} chosen={chosen} acts={acts} refreshing={query.isFetching} onChoose={choose} />
        )}
      </Parts>
    </Page>
  );
}

function Parts({ tab, children }: { tab: AuditsTab; children: React.ReactNode }) {
  const navigate = useNavigate();
  const months = useQuery(monthsQuery).data?.months;
  const toLook = months?.reduce((sum, month) => sum + month.to_look - month.looked, 0);
  const pick = (next: AuditsTab) =>
    void navigate({ to: "/audits", search: next === "checklists" ? { tab: next } : {} });
  return (
    <Tabbed
      label="Kinds of audits"
      tabs={[
        { value: "review", title: "Monthly review", count: toLook || undefined },
        { value: "checklists", title: "Checklists" },
      ]}
      value={tab}
      onChange={pick}
    >
      {children}
    </Tabbed>
  );
}
