import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { useAppState } from "@/lib/app-state";
import { toCallError } from "@/lib/call";
import { useCommands } from "@/lib/command-context";
import { chooseFiles } from "@/lib/files";
import { cancelJob, useJob } from "@/lib/jobs";
import type { Job } from "@/lib/types";
import { JobProgress } from "@/ui/job-progress/job-progress";
import { Kbd } from "@/ui/kbd/kbd";
import { ErrorState } from "@/ui/state-card/error-state";
import { useStartDemo } from "../api/demo";
import { Door } from "../components/door";
import classes from "../components/start.module.css";

/** The first window: what Purser answers, and three equal ways to begin. */
export function StartPage() {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const demo = useStartDemo();
  const { data: state } = useAppState();
  // A demo that is being made already, because Purser was started on it, is followed like one started here.
  const underWay = state?.jobs.find((job) => job.kind === "demo" && job.state === "running")?.id;
  const [followed, follow] = useState("");
  useEffect(() => {
    if (underWay) follow(underWay); // kept when it ends: its end leads to Today
  }, [underWay]);
  const jobId = demo.data?.job_id ?? followed;
  const busy = demo.isPending || jobId !== "";
  const { mutate } = demo;
  const startDemo = useCallback(() => {
    if (!busy) mutate();
  }, [busy, mutate]);
  const importFiles = useCallback(() => {
    chooseFiles()
      .then((paths) => {
        if (paths.length > 0) void navigate({ to: "/data/import", search: { paths } });
      })
      .catch((reason: unknown) => announce(toCallError(reason).message));
  }, [navigate, announce]);
  useCommands(
    useMemo(
      () => [{ id: "start.demo", label: "Explore the demo shop", group: "Start", keys: ["enter"], run: startDemo }],
      [startDemo],
    ),
  );
  return (
    <div className={classes.page}>
      <div className={classes.inner}>
        <h1 className={classes.question}>What needs my attention today?</h1>
        <p className={classes.lead}>Answered on this computer only, from your own Amazon reports.</p>
        {demo.error && (
          <ErrorState effect="The demo shop could not be started." error={demo.error} onRetry={startDemo} />
        )}
        {busy ? (
          <DemoProgress
            jobId={jobId}
            onAgain={() => {
              demo.reset();
              follow("");
            }}
          />
        ) : (
          <div className={classes.doors}>
            <Door
              title="Explore the demo shop"
              text="A made-up seller with more than a year of orders, stock, ads and reviews. It is ready in a few seconds, and nothing is sent anywhere."
              action="Start the demo"
              keys={<Kbd keys="enter" />}
              onOpen={startDemo}
            />
            <Door
              title="Drop report files"
              text="Anywhere in this window. Restock, orders and ads reports are known by their headers; you see what they are before anything is stored."
              action="Choose files"
              onOpen={importFiles}
              more={<Link to="/start/reports">Which reports, and where they are</Link>}
            />
            <Door
              title="Connect Amazon"
              text="With an application of your own: a checklist for it, then paste its texts, try them, and watch the first data arrive. The keys stay in a vault on this computer."
              action="Connect"
              onOpen={() => void navigate({ to: "/connect", search: { do: "add" } })}
            />
          </div>
        )}
        <p className={classes.promise}>
          Nothing leaves this computer unless you send it. Names and addresses of buyers are dropped before anything is
          stored.
        </p>
      </div>
    </div>
  );
}

/** Follows the demo until its first decisions can be shown, then shows them. */
function DemoProgress({ jobId, onAgain }: { jobId: string; onAgain: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: job, error } = useJob(jobId);
  const [opened, setOpened] = useState(false);
  const done = job?.state === "done";
  useEffect(() => {
    if (!done || opened) return;
    setOpened(true);
    void client.invalidateQueries().then(() => navigate({ to: "/today" }));
  }, [done, opened, client, navigate]);
  if (error && !job)
    return <ErrorState effect="The demo shop could not be followed." error={error} onRetry={onAgain} />;
  if (job?.state === "failed" || job?.state === "cancelled") {
    return (
      <ErrorState
        effect={job.state === "failed" ? "The demo shop could not be filled." : "The demo was cancelled."}
        error={{ code: job.state, message: job.message === "" ? "Nothing of yours was touched." : job.message }}
        onRetry={onAgain}
      />
    );
  }
  return (
    <div className={classes.progress}>
      <JobProgress
        job={job ?? starting}
        onCancel={job ? () => void cancelJob(jobId).catch(() => undefined) : undefined}
      />
    </div>
  );
}

const starting: Job = {
  id: "",
  kind: "demo",
  state: "running",
  stage: "Opening the demo shop",
  done: 0,
  total: 0,
  rate_text: "",
  eta_text: "",
  message: "",
  files: [],
};
