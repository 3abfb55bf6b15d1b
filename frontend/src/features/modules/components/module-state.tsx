import { Button } from "@mantine/core";
import {
  IconAlertOctagon,
  IconCircleCheck,
  IconCircleDashed,
  IconRefreshAlert,
  type TablerIcon,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { toCallError } from "@/lib/call";
import type { ModuleState } from "@/lib/types";
import { Day } from "@/ui/day/day";
import { StateCard } from "@/ui/state-card/state-card";
import { retryModule } from "../api/queries";
import type { ModuleStatus } from "../api/types";
import classes from "./module.module.css";

const states: Record<ModuleState, { icon: TablerIcon; word: string; tone: string }> = {
  running: { icon: IconCircleCheck, word: "Running", tone: "good" },
  starting: { icon: IconCircleDashed, word: "Starting", tone: "neutral" },
  retrying: { icon: IconRefreshAlert, word: "Trying again", tone: "warning" },
  failed: { icon: IconAlertOctagon, word: "Stopped", tone: "critical" },
  disabled: { icon: IconCircleDashed, word: "Switched off", tone: "neutral" },
};

/** How a module is doing, in a shape and a word. */
export function ModuleStateBadge({ state }: { state: ModuleState }) {
  const { icon: Icon, word, tone } = states[state];
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={15} stroke={1.7} aria-hidden="true" />
      {word}
    </span>
  );
}

export type Retry = { run: () => void; busy: boolean; error: string };

/** Starts a module again and says why that did not work. Held by the page: what it shows changes meanwhile. */
export function useRetry(module: string): Retry {
  const retry = useMutation({ mutationFn: () => retryModule(module) });
  return {
    run: () => retry.mutate(),
    busy: retry.isPending,
    error: retry.isError ? toCallError(retry.error).message : "",
  };
}

type Props = { status: ModuleStatus; retry: Retry };

/** A module that does not run: what that means, why, and what to do. */
export function ModuleDown({ status, retry }: Props) {
  if (status.state === "disabled") {
    return (
      <StateCard title={`${status.title} is switched off`}>
        Its facts are missing, and rules that read them say so.
      </StateCard>
    );
  }
  return (
    <StateCard
      tone="critical"
      icon={IconAlertOctagon}
      role="alert"
      title={`No figures of ${status.title.toLowerCase()} can be shown`}
      action={status.recoverable ? { label: "Retry", run: retry.run } : undefined}
    >
      <p>
        {status.reason === "" ? "It stopped without saying why." : status.reason}
        {status.since !== "" && (
          <>
            {" "}
            Since <Day value={status.since} />.
          </>
        )}
      </p>
      <p>
        {status.recoverable
          ? "Retry starts it again. Everything else goes on; rules that read its facts say that they can't tell."
          : "Start Purser again; if it stays so, import the files once more. Everything else goes on."}
      </p>
      {retry.error !== "" && <p>{retry.error}</p>}
    </StateCard>
  );
}

/** A module between two attempts, over the data it last had. */
export function RetryingNotice({ status, retry }: Props) {
  return (
    <div className={classes.notice} role="status">
      <span>
        <strong>It is being started again.</strong> {status.reason} What you see is what it last knew.
      </span>
      <Button variant="default" size="compact-xs" onClick={retry.run} loading={retry.busy}>
        Retry now
      </Button>
      {retry.error !== "" && <span>{retry.error}</span>}
    </div>
  );
}
