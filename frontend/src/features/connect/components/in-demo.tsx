import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { StateCard } from "@/ui/state-card/state-card";
import { connect, leaveDemo, practise } from "../api/calls";
import { overviewQuery } from "../api/queries";
import { Fault } from "./fault";
import { useAct } from "./use-act";

/** A real account does not belong among made-up figures; a made-up Amazon does. */
export function InDemo() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leaving = useAct();
  const practising = useAct();
  const leave = async () => {
    practising.clear();
    if ((await leaving.act(leaveDemo)) === undefined) return;
    await client.invalidateQueries();
    void navigate({ to: "/connect", search: { do: "add" } });
  };
  const begin = async () => {
    leaving.clear();
    if (!(await practising.act(connectAll))) return;
    await client.invalidateQueries({ queryKey: overviewQuery.queryKey });
    void navigate({ to: "/connect" });
  };
  return (
    <>
      <StateCard
        title="This is the demo shop"
        action={{ label: leaving.busy ? "Leaving the demo shop" : "Leave it and connect", run: () => void leave() }}
        second={{ label: practising.busy ? "Connecting" : "Practise here", run: () => void begin() }}
      >
        <p>
          Its figures are made up, and your own would mix with them, so leave it first; you can come back at any time.
        </p>
        <p>
          Or practise: the demo shop is connected to a made-up Amazon on this computer, which answers as the real one
          does.
        </p>
      </StateCard>
      <Fault error={leaving.error} effect="You are still in the demo shop." />
      <Fault error={practising.error} effect="The practice Amazon was not connected." />
    </>
  );
}

/** Connects all that the practice Amazon offers; what it refuses is said. */
async function connectAll(): Promise<true> {
  for (const draft of (await practise()).connect) {
    const { kept, problem } = await connect(draft);
    if (!kept) throw new Error(problem ? `${problem.title}. ${problem.text}` : "It did not answer.");
  }
  return true;
}
