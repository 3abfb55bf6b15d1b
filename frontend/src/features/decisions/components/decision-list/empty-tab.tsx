import { IconAlertTriangle, IconCloudDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDisplay } from "@/lib/display";
import { isArriving } from "@/lib/fetching/fill";
import { streamsQuery } from "@/lib/fetching/queries";
import { formatDay, formatTime } from "@/lib/format";
import { EmptyGood, FirstUse, StateCard } from "@/ui/state-card/state-card";
import { judgedQuery, tasksQuery } from "../../api/queries";
import type { Inbox, Tab } from "../../api/types";

/** What an empty pile means: good news, or that nothing was imported yet. */
export function EmptyTab({ tab, inbox }: { tab: Tab; inbox: Inbox }) {
  const navigate = useNavigate();
  const arriving = useArriving();
  if (tab === "needs" && inbox.as_of === "") {
    if (arriving) return <Arriving />;
    return (
      <FirstUse
        title="What needs me today?"
        action={{ label: "Add report files", run: () => void navigate({ to: "/data" }) }}
      >
        One report file is enough to begin: orders, FBA inventory or ads.
      </FirstUse>
    );
  }
  if (tab === "needs") return <Clear inbox={inbox} />;
  if (tab === "waiting") return <NothingSnoozed />;
  if (tab === "held") {
    return <EmptyGood title="Nothing is held back">Every proposal passes the growth gates.</EmptyGood>;
  }
  if (tab === "regressed") {
    return <EmptyGood title="Nothing came back">What was dealt with has stayed dealt with.</EmptyGood>;
  }
  if (tab === "observed") {
    return <StateCard title="Watched rules find nothing">What a watched rule finds is kept here.</StateCard>;
  }
  return <StateCard title="Nothing was decided yet">Approved and dismissed decisions are kept here.</StateCard>;
}

/** Whether the first data is on its way from Amazon. */
function useArriving(): boolean {
  const { data } = useQuery(streamsQuery);
  return data !== undefined && isArriving(data);
}

/** Nothing can be judged yet, and nothing has to be done for it: what comes, and when decisions do. */
function Arriving() {
  const navigate = useNavigate();
  return (
    <StateCard
      icon={IconCloudDownload}
      title="The first data is arriving"
      role="status"
      action={{ label: "See what arrives", run: () => void navigate({ to: "/data", search: { tab: "amazon" } }) }}
    >
      <p>
        Amazon makes reports when it is asked for them, which takes from minutes to hours. Each part is judged as soon
        as it is here, and decisions come up on this page by themselves.
      </p>
      <p>Report files you have already can be dropped into this window meanwhile.</p>
    </StateCard>
  );
}

function Clear({ inbox }: { inbox: Inbox }) {
  const { locale, now } = useDisplay();
  const navigate = useNavigate();
  const arriving = useArriving();
  const { data: judged } = useQuery(judgedQuery);
  if (!judged) return null;
  // Silence is good news only from rules that could have spoken.
  if (judged.told === 0 && arriving) return <Arriving />;
  if (judged.told === 0) {
    return (
      <StateCard
        tone="warning"
        icon={IconAlertTriangle}
        title="Nothing could be judged"
        action={{ label: "What is missing", run: () => void navigate({ to: "/data" }) }}
      >
        No rule has the facts it needs, so this says nothing about your account: reports are missing or too old, or the
        parts of Purser that read them do not run.
      </StateCard>
    );
  }
  const done = inbox.tabs.find((tab) => tab.name === "done")?.count ?? 0;
  const waiting = inbox.tabs.find((tab) => tab.name === "waiting")?.count ?? 0;
  return (
    <EmptyGood title={`Clear at ${formatTime(now, locale)}, ${count(done, "decision", "decisions")} taken`}>
      <p>
        {waiting > 0 ? `${waiting} wait until later. ` : ""}
        {judged.told < judged.asked && `${judged.told} of ${judged.asked} rules could tell. `}Judged on data to{" "}
        {formatDay(inbox.as_of, locale, now)}. New files are judged as soon as they are imported.
      </p>
    </EmptyGood>
  );
}

function NothingSnoozed() {
  const { data: tasks } = useQuery(tasksQuery);
  if ((tasks?.length ?? 0) > 0) return null;
  return <StateCard title="Nothing waits">Snoozed decisions, tasks and draft orders are kept here.</StateCard>;
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
