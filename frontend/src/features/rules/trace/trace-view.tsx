import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useCovered } from "@/lib/amounts";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { Kbd } from "@/ui/kbd/kbd";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { StateCard } from "@/ui/state-card/state-card";
import { type Neighbours, neighboursOf } from "./changes";
import { graphOf, shownCase } from "./graph";
import { changesQuery, explanationsQuery } from "./queries";
import { RunBar } from "./run-bar";
import { StepDetails } from "./step-details";
import { StepList } from "./step-list";
import { type Trace, traceOf } from "./steps";
import classes from "./trace.module.css";
import type { Change, Explanation } from "./types";

const FlowGraph = lazy(() => import("@/ui/flow-graph/flow-graph").then((m) => ({ default: m.FlowGraph })));

type Props = {
  subject: string;
  policy: string;
  /** "": today. */
  as_of: string;
  /** The last day there is anything to judge on. */
  last: string;
  step: string;
  onStep: (step: string) => void;
  onDay: (day: string) => void;
  onSubject: (subject: string) => void;
};

const none: readonly Change[] = [];

/** One run of one policy on one subject, step by step. */
export function TraceView({ subject, policy, as_of, last, step, onStep, onDay, onSubject }: Props) {
  const query = useQuery(explanationsQuery({ subject, policy, as_of }));
  const changes = useCovered(useQuery(changesQuery(subject, policy)).data ?? none);
  const explanations = useCovered(query.data);
  const chosen = explanations?.find((one) => one.subject === subject) ?? explanations?.[0];
  const day = chosen?.as_of ?? (as_of === "" ? last : as_of);
  const near = useMemo(() => neighboursOf(changes, day, last), [changes, day, last]);
  useRunKeys(near, onDay);
  return (
    <>
      <RefreshingBar active={query.isFetching && !query.isPending} />
      {query.isPending && <LoadingRows rows={10} label="Going through the steps again" />}
      {query.isError && (
        <ErrorState effect="This trace could not be made." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {explanations && !chosen && (
        <StateCard title={`This rule does not look at ${subject}`}>Choose another rule or subject above.</StateCard>
      )}
      {explanations && explanations.length > 1 && chosen && (
        <Several explanations={explanations} chosen={chosen} onSubject={onSubject} />
      )}
      {chosen && <Steps explanation={chosen} changes={changes} step={step} onStep={onStep} onDay={onDay} />}
      {!query.isPending && <Foot changes={changes} day={day} last={last} near={near} onDay={onDay} policy={policy} />}
    </>
  );
}

type SeveralProps = { explanations: readonly Explanation[]; chosen: Explanation; onSubject: (subject: string) => void };

/** A SKU without its marketplace means it in all of them. */
function Several({ explanations, chosen, onSubject }: SeveralProps) {
  return (
    <fieldset className={classes.several} aria-label="Subjects of this name">
      {explanations.map((one) => (
        <Button
          key={one.subject}
          variant={one === chosen ? "light" : "default"}
          size="compact-sm"
          aria-pressed={one === chosen}
          onClick={() => onSubject(one.subject)}
        >
          {one.subject}
        </Button>
      ))}
    </fieldset>
  );
}

type StepsProps = {
  explanation: Explanation;
  changes: readonly Change[];
  step: string;
  onStep: (id: string) => void;
  onDay: (day: string) => void;
};

function Steps({ explanation, changes, step, onStep, onDay }: StepsProps) {
  const trace = useMemo(() => traceOf(explanation), [explanation]);
  const chosen = chosenIn(trace, step);
  // The graph stays while one goes through the steps of one case.
  const of = caseOf(trace, chosen);
  const graph = useMemo(() => graphOf(trace, of), [trace, of]);
  useStepKeys(trace, chosen, onStep);
  return (
    <div className={classes.layout}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section className={classes.left} tabIndex={0} aria-label="Step by step">
        <StepList steps={trace.steps} chosen={chosen} onChoose={onStep} />
      </section>
      <div className={classes.right}>
        <div className={classes.graph}>
          <Suspense fallback={<LoadingRows rows={4} label="Drawing the graph" />}>
            <FlowGraph
              label={`How ${explanation.title} came to its outcome`}
              nodes={graph.nodes}
              edges={graph.edges}
              selected={chosen}
              onSelect={onStep}
            />
          </Suspense>
        </div>
        <StepDetails explanation={explanation} trace={trace} chosen={chosen} changes={changes} onDay={onDay} />
      </div>
    </div>
  );
}

function chosenIn(trace: Trace, step: string): string {
  const known = trace.steps.some((one) => one.id === step) || trace.figures.some((one) => one.id === step);
  return known ? step : (shownCase(trace)?.id ?? "outcome");
}

function caseOf(trace: Trace, chosen: string): string {
  const name = trace.steps.find((one) => one.id === chosen)?.case ?? "";
  const own = trace.cases.find((one) => one.case.case === name);
  return (own ?? shownCase(trace))?.id ?? "";
}

function useStepKeys(trace: Trace, chosen: string, onStep: (id: string) => void): void {
  useCommands(
    useMemo(() => {
      const at = trace.steps.findIndex((one) => one.id === chosen);
      const go = (by: number) => {
        const next = trace.steps[Math.min(trace.steps.length - 1, Math.max(0, at + by))];
        if (next) onStep(next.id);
      };
      const group = "Trace";
      return [
        { id: "trace.next", label: "Next step", group, keys: ["j"], keyOnly: true, run: () => go(1) },
        { id: "trace.previous", label: "Previous step", group, keys: ["k"], keyOnly: true, run: () => go(-1) },
      ];
    }, [trace, chosen, onStep]),
  );
}

function useRunKeys({ before, after }: Neighbours, onDay: (day: string) => void): void {
  useCommands(
    useMemo<Command[]>(() => {
      const to = (id: string, label: string, key: string, day: string): Command => ({
        id,
        label,
        group: "Trace",
        keys: [key],
        when: () => day !== "",
        run: () => onDay(day),
      });
      return [to("trace.earlier", "Day before", "[", before), to("trace.later", "Day after", "]", after)];
    }, [before, after, onDay]),
  );
}

type FootProps = React.ComponentProps<typeof RunBar> & { policy: string };

function Foot({ policy, ...runs }: FootProps) {
  const navigate = useNavigate();
  const edit = useMemo(() => () => void navigate({ to: "/rules/edit", search: { policy } }), [navigate, policy]);
  useCommands(
    useMemo(() => [{ id: "trace.edit", label: "Edit rule", group: "Trace", keys: ["e"], run: edit }], [edit]),
  );
  return (
    <div className={classes.foot}>
      <RunBar {...runs} />
      <Button variant="default" onClick={edit} rightSection={<Kbd keys="e" />}>
        Edit rule
      </Button>
    </div>
  );
}
