import { Button } from "@mantine/core";
import { IconAlertOctagon, IconCircleCheck } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { cancelJob, useJob } from "@/lib/jobs";
import type { Job, JobFile } from "@/lib/types";
import { JobProgress } from "@/ui/job-progress/job-progress";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { importTotals, resultText, totalsSentence } from "../logic/result-text";
import { BadRows } from "./bad-rows";
import classes from "./import.module.css";
import { useImportSearch } from "./use-import-search";

/** An import at work, and what came of it. */
export function ImportRun({ id }: { id: string }) {
  const { data: job, error, refetch } = useJob(id);
  if (error) {
    return (
      <Page title="Import">
        <ErrorState effect="The import cannot be followed." error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!job) {
    return (
      <Page title="Import">
        <LoadingRows rows={3} />
      </Page>
    );
  }
  return job.state === "running" ? <Running job={job} /> : <Ended job={job} />;
}

function Running({ job }: { job: Job }) {
  return (
    <Page title="Importing" lead="You can go on working; the rest of Purser stays usable.">
      <div className={classes.run}>
        <JobProgress job={job} onCancel={() => void cancelJob(job.id).catch(() => {})} />
        <p className={classes.small}>Cancel keeps the files that are finished.</p>
      </div>
    </Page>
  );
}

const titles = { done: "Imported", cancelled: "Import stopped", failed: "Import failed", running: "Importing" };

function Ended({ job }: { job: Job }) {
  const navigate = useNavigate();
  const [search, change] = useImportSearch();
  return (
    <Page
      title={titles[job.state]}
      lead={job.state === "done" ? totalsSentence(importTotals(job.files)) : job.message}
      actions={
        <>
          <Button onClick={() => void navigate({ to: "/today" })}>See what needs you</Button>
          <Button variant="default" onClick={() => change({ paths: [], job: "" })}>
            Import more
          </Button>
          <Button variant="default" onClick={() => void navigate({ to: "/data" })}>
            Back to Data
          </Button>
        </>
      }
    >
      {job.state === "failed" && (
        <ErrorState
          effect="The import did not finish. Files marked below were taken in."
          error={new Error(job.message)}
          onRetry={() => change({ paths: search.paths, job: "" })}
        />
      )}
      <ul className={classes.lines} aria-label="What came of each file">
        {job.files.map((file) => (
          <ResultLine key={`${file.path}/${file.file}/${file.sha256}`} file={file} />
        ))}
      </ul>
      {job.files.some((f) => f.quarantined > 0) && (
        <p className={classes.after}>
          Rows in quarantine count in no figure.{" "}
          <Link to="/data" search={{ view: "files", kind: "", doc: 0 }}>
            See them by file
          </Link>
          .
        </p>
      )}
    </Page>
  );
}

function ResultLine({ file }: { file: JobFile }) {
  const Icon = file.refused ? IconAlertOctagon : IconCircleCheck;
  return (
    <li className={classes.line} data-status={file.refused ? "refused" : "ready"}>
      <Icon size={16} stroke={1.7} className={classes.mark} aria-hidden="true" />
      <div className={classes.what}>
        <h2 className={classes.file}>{file.file}</h2>
        <p className={classes.sub}>{file.kind_title || "Not a report Purser knows"}</p>
      </div>
      <span className={classes.status}>{file.refused ? "left out" : resultText(file)}</span>
      <div className={classes.below}>
        {file.problems.length > 0 && (
          <ul className={classes.problems}>
            {file.problems.map((p) => (
              <li key={`${p.code}/${p.message}`} data-fatal={p.fatal}>
                {p.message}
              </li>
            ))}
          </ul>
        )}
        {file.refused && file.bad.length > 0 && <BadRows rows={file.bad.slice(0, 5)} />}
      </div>
    </li>
  );
}
