import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { cancelJob, useJob } from "@/lib/jobs";
import type { Job, JobFile } from "@/lib/types";
import { previewQuery } from "../api/queries";
import type { FileOptions } from "../api/types";

export interface Preview {
  /** The files as last seen; they stay while they are looked at again. */
  files: JobFile[] | undefined;
  /** The preview at work, if one is. */
  job: Job | undefined;
  checking: boolean;
  stopped: boolean;
  error: unknown;
  again: () => void;
}

/** Looks at files without storing anything, and again whenever an answer changes what they are. */
export function usePreview(paths: string[], options: FileOptions[]): Preview {
  const started = useQuery(previewQuery(paths, options));
  const id = started.isError ? "" : (started.data ?? "");
  const job = useJob(id);
  useStopWhenLeft(id, job.data?.state === "running");
  const [seen, setSeen] = useState<{ key: string; files: JobFile[] }>();
  const key = paths.join("\n");
  const done = job.data?.state === "done" ? job.data.files : undefined;
  useEffect(() => {
    if (done) setSeen({ key, files: done });
  }, [done, key]);
  const error = started.error ?? job.error ?? (job.data?.state === "failed" ? new Error(job.data.message) : null);
  const stopped = job.data?.state === "cancelled";
  return {
    files: done ?? (seen?.key === key ? seen.files : undefined),
    job: job.data,
    checking: !error && !stopped && done === undefined,
    stopped,
    error,
    again: () => void started.refetch(),
  };
}

/** A preview nobody waits for any more is stopped: a big file would keep the disk busy. */
function useStopWhenLeft(id: string, running: boolean) {
  const live = useRef({ id, running });
  useEffect(() => {
    live.current = { id, running };
  }, [id, running]);
  useEffect(() => {
    return () => {
      if (live.current.running && live.current.id === id) cancelJob(id).catch(() => {});
    };
  }, [id]);
}
