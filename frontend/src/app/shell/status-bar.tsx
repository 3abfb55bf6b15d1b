import { Link } from "@tanstack/react-router";
import { useDisplay } from "@/lib/display";
import { formatInstant } from "@/lib/format";
import type { AppState, Job, Offline } from "@/lib/types";
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
      {state.offline && <OfflineLink offline={state.offline} />}
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

/** Since when nothing of Amazon is reached, and how old the first of what waits for it is. */
function OfflineLink({ offline: { whose, since, title, as_of } }: { offline: Offline }) {
  const { locale, now } = useDisplay();
  const at = (instant: string) => formatInstant(instant, locale, now);
  const text = `${whose === "Amazon" ? "Offline" : `${whose}: offline`}${since === "" ? "" : ` since ${at(since)}`}${as_of === "" ? "" : `; ${title} as of ${at(as_of)}`}`;
  return (
    <Link to="/data" search={{ tab: "amazon" }} className={classes.trouble} title={text}>
      <span aria-hidden="true">⊘ </span>
      {text}
    </Link>
  );
}

function jobText(job: Job): string {
  return job.total > 0 ? `${job.stage}, ${job.done} of ${job.total}` : job.stage;
}
