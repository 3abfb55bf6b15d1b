import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { toCallError } from "@/lib/call";
import { useCommands } from "@/lib/command-context";
import { cancelJob } from "@/lib/jobs";
import type { JobFile } from "@/lib/types";
import { JobProgress } from "@/ui/job-progress/job-progress";
import { Kbd } from "@/ui/kbd/kbd";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { StateCard } from "@/ui/state-card/state-card";
import { startImport } from "../api/mutations";
import type { FileOptions } from "../api/types";
import { type ImportPlan, planImport, withOption } from "../logic/import-plan";
import { importLabel, planSentence } from "../logic/result-text";
import classes from "./import.module.css";
import { PreviewLine } from "./preview-line";
import { useAddFiles } from "./use-add-files";
import { useImportSearch } from "./use-import-search";
import { type Preview, usePreview } from "./use-preview";

/** What the files are and what an import would do, before anything is stored. */
export function ImportPreview({ paths }: { paths: string[] }) {
  const [options, setOptions] = useState<FileOptions[]>([]);
  const preview = usePreview(paths, options);
  const plan = useMemo(() => (preview.files ? planImport(preview.files) : null), [preview.files]);
  const change = useCallback(
    (path: string, part: Partial<FileOptions>) => setOptions((all) => withOption(all, path, part)),
    [],
  );
  return (
    <Page
      title="Import report files"
      lead={plan ? planSentence(plan) : "Looking at the files. Nothing is stored yet."}
      actions={<Actions paths={paths} />}
    >
      {plan ? (
        <>
          <RefreshingBar active={preview.checking} />
          <ul className={classes.lines} aria-label="Files to import" aria-busy={preview.checking}>
            {plan.lines.map((line) => (
              <PreviewLine key={fileKey(line.file)} line={line} options={options} onChange={change} />
            ))}
          </ul>
          {preview.error !== null && <PreviewError preview={preview} />}
          <ImportBar plan={plan} options={options} checking={preview.checking} />
        </>
      ) : (
        <Waiting preview={preview} />
      )}
    </Page>
  );
}

export function fileKey(file: JobFile): string {
  return `${file.path}/${file.file}/${file.sha256}`;
}

function PreviewError({ preview }: { preview: Preview }) {
  return <ErrorState effect="The files could not be looked at." error={preview.error} onRetry={preview.again} />;
}

/** Before the first answer: rows, then progress with a way out. */
function Waiting({ preview }: { preview: Preview }) {
  const { job, error, stopped, again } = preview;
  if (error !== null) return <PreviewError preview={preview} />;
  if (stopped) {
    return (
      <StateCard title="The look at these files was stopped" action={{ label: "Look again", run: again }}>
        Nothing was stored.
      </StateCard>
    );
  }
  if (!job || job.done === 0) return <LoadingRows rows={3} label="Looking at the files" tall />;
  return (
    <div className={classes.run}>
      <JobProgress job={job} onCancel={() => void cancelJob(job.id).catch(() => {})} />
    </div>
  );
}

function Actions({ paths }: { paths: string[] }) {
  const add = useAddFiles(paths);
  const navigate = useNavigate();
  return (
    <>
      <Button variant="default" onClick={add.run} loading={add.busy}>
        Add files
      </Button>
      <Button variant="default" onClick={() => void navigate({ to: "/data" })}>
        Discard
      </Button>
      {add.error !== "" && (
        <span role="alert" className={classes.error}>
          {add.error}
        </span>
      )}
    </>
  );
}

type BarProps = { plan: ImportPlan; options: FileOptions[]; checking: boolean };

function ImportBar({ plan, options, checking }: BarProps) {
  const [search, change] = useImportSearch();
  const start = useMutation({
    mutationFn: () => startImport({ paths: plan.paths, options: options.filter((o) => plan.paths.includes(o.path)) }),
    onSuccess: (job) => change({ paths: search.paths, job }, true),
  });
  const ready = !checking && plan.take.length > 0 && !start.isPending;
  const { mutate } = start;
  const commands = useMemo(
    () => [
      {
        id: "data.import.start",
        label: "Import these files",
        group: "Data",
        keys: ["mod+enter"],
        when: () => ready,
        run: () => mutate(),
      },
    ],
    [ready, mutate],
  );
  useCommands(commands);
  return (
    <div className={classes.bar}>
      <Button
        size="sm"
        onClick={() => mutate()}
        disabled={!ready}
        loading={start.isPending}
        rightSection={<Kbd keys="mod+enter" />}
      >
        {plan.take.length === 0 ? "Nothing to import" : importLabel(plan.take.length, plan.rows)}
      </Button>
      <span className={classes.small} role="status">
        {checking ? checkingText(options) : barHint(plan)}
      </span>
      {start.isError && (
        <span role="alert" className={classes.error}>
          {toCallError(start.error).message} {toCallError(start.error).hint}
        </span>
      )}
    </div>
  );
}

function checkingText(options: FileOptions[]): string {
  return options.length > 0 ? "Looking again with your answer" : "Looking at the files";
}

function barHint(plan: ImportPlan): string {
  if (plan.waiting > 0) return "Files that need an answer are left out until you give it.";
  if (plan.refused > 0) return "Files that cannot be read are left out.";
  return "Bad rows go to quarantine; the rest of the file is taken in.";
}
