import { Button, Progress } from "@mantine/core";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import type { Job } from "@/lib/types";
import classes from "./job-progress.module.css";

/** Long work: stage, how many of how many, rate, time left, and a way out. */
export function JobProgress({ job, onCancel }: { job: Job; onCancel?: () => void }) {
  const { locale } = useDisplay();
  const known = job.total > 0;
  const percent = known ? Math.min(100, (100 * job.done) / job.total) : 100;
  const facts = [
    known ? `${formatNumber(job.done, locale)} of ${formatNumber(job.total, locale)}` : "",
    job.rate_text,
    job.eta_text,
  ].filter((fact) => fact !== "");
  return (
    <div className={classes.job}>
      <div className={classes.line} role="status">
        <span className={classes.stage}>{job.stage === "" ? "Starting" : job.stage}</span>
        <span className={classes.facts}>{facts.join(" · ")}</span>
      </div>
      <Progress.Root size={6}>
        <Progress.Section
          value={percent}
          animated={!known && job.state === "running"}
          striped={!known && job.state === "running"}
          aria-label={job.stage === "" ? "Progress" : job.stage}
        />
      </Progress.Root>
      {onCancel && job.state === "running" && (
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}
