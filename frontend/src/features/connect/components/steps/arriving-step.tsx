import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { progressQuery, streamsQuery } from "../../api/queries";
import { type Stage, sentence, stagesOf } from "../../logic/stages";
import classes from "../connect.module.css";
import { Mark, type Tone } from "../mark";
import styles from "./arriving.module.css";
import { Warnings } from "./findings";

type Props = { notes: readonly string[]; onAnother: () => void };

/** What arrives first, and which page each part opens. */
export function ArrivingStep({ notes, onAnother }: Props) {
  const navigate = useNavigate();
  const progress = useQuery(progressQuery);
  const streams = useQuery(streamsQuery);
  const error = streams.error ?? progress.error;
  const stages = stagesOf(streams.data ?? []);
  return (
    <>
      <Warnings all={notes} />
      {error && !streams.data && (
        <ErrorState
          effect="It is connected, but how far the data is could not be read."
          error={error}
          onRetry={() => {
            void streams.refetch();
            void progress.refetch();
          }}
        />
      )}
      {streams.isPending && <LoadingRows rows={7} label="Reading how far the data is" />}
      {streams.data && (
        <>
          <p className={styles.sentence} role="status">
            {sentence(stages, progress.data?.left ?? "")}
          </p>
          {progress.data && progress.data.total > 0 && (
            <Progress.Root size={6} className={styles.bar}>
              <Progress.Section value={progress.data.percent} aria-label="How much of the past is here" />
            </Progress.Root>
          )}
          <ol className={styles.stages} aria-label="Parts of the first data">
            {stages.map((stage) => (
              <StageRow key={stage.name} stage={stage} />
            ))}
          </ol>
        </>
      )}
      <div className={classes.actions}>
        <Button onClick={() => void navigate({ to: "/today" })}>See what needs you</Button>
        <Button variant="default" onClick={onAnother}>
          Connect another
        </Button>
      </div>
    </>
  );
}

const tones: Record<Stage["state"], Tone> = {
  ready: "good",
  arriving: "neutral",
  waiting: "neutral",
  stuck: "warning",
};
const words: Record<Stage["state"], string> = {
  ready: "ready",
  arriving: "arriving",
  waiting: "waits for its turn",
  stuck: "does not come",
};

function StageRow({ stage }: { stage: Stage }) {
  return (
    <li>
      <span className={styles.title}>{stage.title}</span>
      <Mark tone={tones[stage.state]}>{words[stage.state]}</Mark>
      <Link to={stage.page}>{stage.pageTitle}</Link>
      {stage.note !== "" && <p>{stage.note}</p>}
    </li>
  );
}
