import { QueryClient, QueryClientProvider, type UseQueryResult } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Glance } from "@/features/connect/components/connections/glance";
import { atAGlance } from "@/features/connect/logic/glance";
import { connection, FakeAccounts, problem, stream } from "@/features/connect/testdata/accounts";
import { type Kept, keptQuery } from "@/features/data/api/kept";
import { ClassInspector } from "@/features/data/components/kept/class-inspector";
import { KeptTab } from "@/features/data/components/kept/kept-tab";
import { ReceiptCard } from "@/features/data/components/kept/receipt";
import { FakeRetention, madeReceipt } from "@/features/data/testdata/fake-retention";
import { KindsStopped } from "@/features/decisions/components/kinds-stopped/kinds-stopped";
import { StoppedPart } from "@/features/settings/components/guardrails/stopped-part";
import { progressQuery, streamsQuery } from "@/lib/fetching/queries";
import { madeStream } from "@/lib/fetching/testdata/made";
import { FirstFill } from "@/ui/first-fill/first-fill";
import { stopStatusQuery } from "@/ui/stop-switch/stop-status";
import { Case, Section } from "../case";

const accounts = new FakeAccounts();
accounts.connections = [
  connection(),
  connection({ region: "na", region_title: "North America", state: "reconnect", problem: problem() }),
  connection({ api: "adsapi", title: "Amazon Ads API", state: "paused", paused: true }),
];
const overview = accounts.overview();
const lone = { ...overview, connections: overview.connections.slice(0, 1) };
const streams = [
  stream("spapi.orders", "Orders (live)", { last_success: "2026-11-25T06:10:00Z" }),
  stream("spapi.orders", "Orders (live)", { region: "na", last_success: "2026-11-23T04:02:00Z" }),
];

const kept = new FakeRetention().methods().Classes();
const empty: Kept = { ...kept, classes: kept.classes.map((one) => ({ ...one, holdings: [] })), next_run: "" };

const filling = [
  madeStream({ feed: "a", title: "Orders (live)" }),
  madeStream({ feed: "b", title: "Bestandsberichte aller Lager", filled: 60, state: "running" }),
  madeStream({ feed: "c", title: "Settlements", filled: 0, state: "waiting", last_success: "" }),
  madeStream({ feed: "d", title: "Seller feedback", filled: 0, state: "denied", last_success: "" }),
];

/** What the cases are shown with; nothing is asked of the program. */
function With({ children }: { children: ReactNode }) {
  const [client] = useState(() => {
    const made = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
    made.setQueryData(keptQuery.queryKey, kept);
    made.setQueryData(streamsQuery.queryKey, filling);
    made.setQueryData(progressQuery.queryKey, {
      streams: 4,
      ready: 2,
      whole: 1,
      done: 116,
      total: 400,
      percent: 29,
      left: "about 5 h",
      text: "2 of 4 kinds of data are here, 29 % of the past; about 5 h left.",
      paused: false,
    });
    made.setQueryData(stopStatusQuery.queryKey, {
      stopped: false,
      stop_file: "STOP",
      waiting: 0,
      sending: 0,
      unknown: 0,
      mismatch: 0,
      stopped_kinds: [
        {
          kind: "review.request",
          title: "Ask for a review",
          reason: "Amazon takes no more of them from this account. See to it in Seller Central first.",
          since: "2026-11-24T16:20:00Z",
        },
      ],
    });
    return made;
  });
  const [router] = useState(() =>
    createRouter({
      routeTree: createRootRoute({ component: () => children, notFoundComponent: () => children }),
      history: createMemoryHistory(),
    }),
  );
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>
  );
}

const query = (part: Partial<UseQueryResult<Kept>>) =>
  ({
    isPending: false,
    isError: false,
    isFetching: false,
    data: undefined,
    error: null,
    ...part,
  }) as UseQueryResult<Kept>;

const away = {
  code: "db_locked",
  module: "retention",
  message: "The file market.db is used by another program.",
  hint: "",
};

/** What the live account shows of itself: connections, arrival, what stopped, what is kept. */
export function LiveSection() {
  return (
    <Section title="The live account">
      <Case title="Connections at a glance" wide>
        <With>
          <Glance rows={atAGlance(overview, streams)} />
        </With>
      </Case>
      <Case title="Connections: when something last came is not known" wide>
        <With>
          <Glance rows={atAGlance(lone, undefined)} failed />
        </With>
      </Case>
      <Case title="First fill" wide>
        <With>
          <FirstFill />
        </With>
      </Case>
      <Case title="A kind that stopped, on Today" wide>
        <With>
          <KindsStopped />
        </With>
      </Case>
      <Case title="A kind that stopped, under Guardrails" wide>
        <With>
          <StoppedPart />
        </With>
      </Case>
      <Case title="Kept" wide>
        <With>
          <KeptTab query={query({ data: kept })} selected="amazon_raw" onSelect={() => {}} />
        </With>
      </Case>
      <Case title="Kept: nothing is here" wide>
        <With>
          <KeptTab query={query({ data: empty })} selected="" onSelect={() => {}} />
        </With>
      </Case>
      <Case title="Kept: loading" wide>
        <With>
          <KeptTab query={query({ isPending: true })} selected="" onSelect={() => {}} />
        </With>
      </Case>
      <Case title="Kept: stale" wide>
        <With>
          <KeptTab query={query({ data: kept, isError: true, error: away as never })} selected="" onSelect={() => {}} />
        </With>
      </Case>
      <Case title="Kept: failed" wide>
        <With>
          <KeptTab query={query({ isError: true, error: away as never })} selected="" onSelect={() => {}} />
        </With>
      </Case>
      <Case title="A class by days">
        <With>
          <ClassInspector name="amazon_raw" onClose={() => {}} />
        </With>
      </Case>
      <Case title="A class by law">
        <With>
          <ClassInspector name="legal" onClose={() => {}} />
        </With>
      </Case>
      <Case title="Receipt" wide>
        <With>
          <ReceiptCard receipt={madeReceipt()} />
        </With>
      </Case>
      <Case title="Receipt: something is left" wide>
        <With>
          <ReceiptCard receipt={madeReceipt({ left: [{ path: "/data/notes.txt", text: "It is not Purser's." }] })} />
        </With>
      </Case>
    </Section>
  );
}
