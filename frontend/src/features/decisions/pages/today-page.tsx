import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback, useState } from "react";
import { useCovered } from "@/lib/amounts";
import { useAppState } from "@/lib/app-state";
import { useDisplay } from "@/lib/display";
import { formatSeconds } from "@/lib/format";
import { FirstFill } from "@/ui/first-fill/first-fill";
import { Page as Frame } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { StaleNotice } from "@/ui/state-card/state-card";
import { inboxQuery } from "../api/queries";
import type { Inbox, Tab } from "../api/types";
import { AfterDismissal } from "../components/after-dismissal/after-dismissal";
import { ApprovalSheet } from "../components/approval-sheet/approval-sheet";
import { Checks } from "../components/checks/checks";
import { DecisionInspector } from "../components/decision-inspector/decision-inspector";
import { AlsoNoticed } from "../components/decision-list/also-noticed";
import { DecisionList } from "../components/decision-list/decision-list";
import { EmptyTab } from "../components/decision-list/empty-tab";
import { HeldBar } from "../components/held-bar/held-bar";
import { InboxTabs } from "../components/inbox-tabs/inbox-tabs";
import { KindsStopped } from "../components/kinds-stopped/kinds-stopped";
import { ObservedNote } from "../components/observed/observed";
import { useTriage } from "../components/use-triage";
import { Waiting } from "../components/waiting/waiting";
import classes from "./today-page.module.css";

/** Today: what needs me, in what order, and what happens if I wait. */
export function Page() {
  const search: { tab?: Tab; item?: string } = useSearch({ strict: false });
  const tab = search.tab ?? "needs";
  const query = useQuery(inboxQuery(tab));
  // Findings name amounts in their sentences.
  const inbox = useCovered(query.data);
  if (query.error && !inbox) {
    return (
      <UnderChecks>
        <Frame title="Today" quietTitle>
          <ErrorState
            effect="The decisions could not be read."
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        </Frame>
      </UnderChecks>
    );
  }
  if (!inbox) {
    return (
      <UnderChecks>
        <Frame title="Today" quietTitle>
          <LoadingRows rows={7} tall label="Reading the decisions" />
        </Frame>
      </UnderChecks>
    );
  }
  return (
    <Triage
      key={`${tab} ${search.item ?? ""}`}
      tab={tab}
      inbox={inbox}
      first={search.item ?? ""}
      refreshing={query.isFetching}
    />
  );
}

/** The morning checks over the whole width, the inbox with its inspector below. */
function UnderChecks({ active = true, children }: { active?: boolean; children: ReactNode }) {
  return (
    <div className={classes.today}>
      <Checks active={active} />
      {children}
    </div>
  );
}

type Props = { tab: Tab; inbox: Inbox; first: string; refreshing: boolean };

function Triage({ tab, inbox, first, refreshing }: Props) {
  const navigate = useNavigate();
  const [noticed, setNoticed] = useState(false);
  const [inspector, setInspector] = useState(true);
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const onDismissed = useCallback(
    (ids: readonly string[]) => setDismissed((before) => [...new Set([...before, ...ids])]),
    [],
  );
  const triage = useTriage({ tab, inbox, noticed, first, inspector, setInspector, onDismissed });
  return (
    <UnderChecks active={triage.mode === "list"}>
      <Frame
        title="Today"
        quietTitle
        inspector={
          inspector && triage.current ? (
            <DecisionInspector item={triage.current} triage={triage} onClose={() => setInspector(false)} />
          ) : undefined
        }
      >
        <RefreshingBar active={refreshing} />
        <InboxTabs
          tabs={inbox.tabs}
          current={tab}
          onChoose={(next) => void navigate({ to: "/today", search: { tab: next === "needs" ? undefined : next } })}
          formula={inbox.order_formula}
          aside={
            tab === "needs" && inbox.items.length > 0 ? `about ${formatSeconds(inbox.seconds_to_clear)} to clear` : ""
          }
        />
        <FirstFill arriving />
        <KindsStopped />
        <RulesThatWait />
        {tab === "observed" && <ObservedNote />}
        <AfterDismissal
          dismissed={dismissed}
          onClose={(decision) => setDismissed((before) => before.filter((id) => id !== decision))}
        />
        {tab === "waiting" ? <Waiting /> : null}
        {inbox.items.length === 0 ? (
          <EmptyTab tab={tab} inbox={inbox} />
        ) : (
          <DecisionList rows={triage.rows} triage={triage} />
        )}
        {inbox.also_noticed.length > 0 && (
          <AlsoNoticed
            count={inbox.also_noticed.length}
            open={noticed}
            onToggle={() => setNoticed(!noticed)}
            rows={triage.noticedRows}
            triage={triage}
          />
        )}
        <HeldBar />
      </Frame>
      {triage.looked && (
        <ApprovalSheet
          tab={tab}
          looked={triage.looked}
          onApproved={() => {
            triage.closeLook();
            triage.acted();
          }}
          onClose={triage.closeLook}
        />
      )}
    </UnderChecks>
  );
}

/** Says which data is too old to judge by, because rules about it stay silent. */
function RulesThatWait() {
  const { data: state } = useAppState();
  const { demo } = useDisplay();
  const old = (state?.freshness ?? []).filter((kind) => kind.state === "stale");
  if (old.length === 0 || demo) return null;
  return (
    <StaleNotice>
      {old.map((kind) => kind.title).join(", ")}: too old to judge by. Rules that need it say that they cannot tell.
    </StaleNotice>
  );
}
