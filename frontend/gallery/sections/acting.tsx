import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { PayloadView } from "@/ui/payload-view/payload-view";
import { ReadBack } from "@/ui/payload-view/read-back";
import type { Told } from "@/ui/payload-view/value-words";
import { type StopStatus, stopStatusQuery } from "@/ui/stop-switch/stop-status";
import { StopSwitch } from "@/ui/stop-switch/stop-switch";
import { StoppedStrip } from "@/ui/stop-switch/stopped-strip";
import { ToLookAt } from "@/ui/stop-switch/to-look-at";
import { TwoPress } from "@/ui/two-press/two-press";
import { Case, Line, Section } from "../case";

const ignore = () => {};

const line = (units: number) => ({ sku: "SKU-104", units, cost: { minor: 605, currency: "USD" } });
const order = JSON.stringify({ set: line(480), was: line(96) });
const task = JSON.stringify({
  set: {
    title: "Listing is suppressed",
    steps: ["Produktsicherheitsverordnungserklärung hochladen", "Check it"],
    due: 20790,
  },
  was: null,
});
const gone = JSON.stringify({ set: null, was: { title: "Listing is suppressed", steps: ["Check it"] } });

const hash = "107a7bee9ca0";
const told = (rest: Partial<Told>): Told => ({
  kind: "task",
  entity: "decision:1",
  state: "verified",
  before: "",
  after: hash,
  seen: hash,
  ...rest,
});

const running: StopStatus = {
  stopped: false,
  stop_file: "STOP",
  waiting: 0,
  sending: 0,
  unknown: 0,
  mismatch: 0,
  stopped_kinds: [],
};

/** What the switch is shown with; nothing is asked of the program. */
function With({ status, children }: { status: StopStatus; children: ReactNode }) {
  const [client] = useState(() => {
    const made = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
    made.setQueryData(stopStatusQuery.queryKey, status);
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
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}

/** What shows an action before, while and after it is done. */
export function ActingSection() {
  return (
    <Section title="Acting">
      <Case title="Payload: from before to after">
        <PayloadView payload={order} hash="5f0c2a91d3e847b6" />
      </Case>
      <Case title="Payload: something new, with steps and a day">
        <PayloadView payload={task} />
      </Case>
      <Case title="Payload: taken away">
        <PayloadView payload={gone} />
      </Case>
      <Case title="Payload: a message">
        <PayloadView payload='{"type":"purser.decision","title":"Late shipments 3.8 %","units":0}' />
      </Case>
      <Case title="Payload: no structured data">
        <PayloadView payload={"name\tunits\nSKU-104\t480"} />
      </Case>
      <Case title="Read back">
        <div>
          <ReadBack of={told({})} />
        </div>
        <div>
          <ReadBack of={told({ seen: "22bb7bee9ca0", state: "mismatch" })} />
        </div>
        <div>
          <ReadBack of={told({ kind: "inventory.restock", after: "480 for 1", seen: "96 for 1", state: "mismatch" })} />
        </div>
      </Case>
      <Case title="Stop, running and stopped">
        <Line>
          <With status={running}>
            <StopSwitch />
          </With>
          <With status={{ ...running, stopped: true }}>
            <StopSwitch />
          </With>
        </Line>
      </Case>
      <Case title="Everything is stopped" wide>
        <With
          status={{ ...running, stopped: true, waiting: 3, sending: 1, unknown: 1, mismatch: 2, stopped_kinds: [] }}
        >
          <StoppedStrip />
        </With>
      </Case>
      <Case title="Something to look at">
        <With status={{ ...running, unknown: 1, mismatch: 2, stopped_kinds: [] }}>
          <ToLookAt />
        </With>
      </Case>
      <Case title="Two presses">
        <Line>
          <TwoPress label="Revert" again="Press again to revert" onConfirm={ignore} />
          <TwoPress label="Revert" again="Press again to revert" disabled onConfirm={ignore} />
          <TwoPress label="Revert" again="Press again to revert" loading onConfirm={ignore} />
        </Line>
      </Case>
    </Section>
  );
}
