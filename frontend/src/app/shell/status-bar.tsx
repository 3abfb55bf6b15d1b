import { Link } from "@tanstack/react-router";
import type { AppState, Job } from "@/lib/types";
import { useLastUndoable, useUndo } from "@/lib/undo";
import { Kbd } from "@/ui/kbd/kbd";
import { DemoBadge } from "@/ui/state-card/demo-badge";
import { ToLookAt } from "@/ui/stop-switch/to-look-at";
import classes from "./shell.module.css";

type Props = { state: AppState; message: string; onShortcuts: () => void };

/** The lowest line: is everything running, what was just done, how to take it back. */
export function StatusBar({ state, message, onShortcuts }: Props) {
  const undoable = useLastUndoable();
  const undo = useUndo();
  const job = state.jobs.find((candidate) => candidate.state === "running");
  return (
    <footer className={classes.status} data-region="">
      <ModulesState state={state} />
      <ToLookAt className={classes.trouble} />
      {job && <span>{jobText(job)}</span>}
      {state.demo && <DemoBadge />}
      <span className={classes.message} role="status" aria-live="polite" title={message || undefined}>
        {message}
      </span>
      <span className={classes.spring} />
      {undoable !== "" && (
        <button type="button" className={classes.undo} title={`Undo: ${undoable}`} onClick={undo}>
          <span className={classes.undoTitle}>Undo: {undoable}</span>
          <Kbd keys="z" />
        </button>
      )}
      <button type="button" className={classes.shortcuts} onClick={onShortcuts}>
        Shortcuts
        <Kbd keys="?" />
      </button>
    </footer>
  );
}

function ModulesState({ state }: { state: AppState }) {
  const troubled = state.modules.filter((module) => module.state === "failed" || module.state === "retrying");
  const first = troubled[0];
  if (first) {
    const words = first.state === "failed" ? "has stopped" : "is being restarted";
    return (
      <Link to={`/m/${first.name}`} className={classes.trouble}>
        {first.title} {words}
        {troubled.length > 1 && <span> and {troubled.length - 1} more</span>}
      </Link>
    );
  }
  const starting = state.modules.filter((module) => module.state === "starting").length;
  const running = state.modules.filter((module) => module.state === "running").length;
  if (starting > 0) return <span>{starting} modules starting</span>;
  return (
    <span>
      <span className={classes.dot} aria-hidden="true" />
      {running === 1 ? "1 module running" : `All ${running} modules running`}
    </span>
  );
}

function jobText(job: Job): string {
  return job.total > 0 ? `${job.stage}, ${job.done} of ${job.total}` : job.stage;
}
