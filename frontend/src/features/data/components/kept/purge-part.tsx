import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toCallError } from "@/lib/call";
import { useDisplay } from "@/lib/display";
import { Day } from "@/ui/day/day";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { type Kept, type PurgeRun, purge, purgePreviewQuery } from "../../api/kept";
import { bytesText, holdingText } from "../../logic/kept";
import classes from "./kept.module.css";

/** What is due is deleted by itself once a day; here at once, after it was shown. */
export function PurgePart({ kept }: { kept: Kept }) {
  const client = useQueryClient();
  const { locale } = useDisplay();
  const [looking, setLooking] = useState(false);
  const { mutate, isPending, data, error, reset } = useMutation({
    mutationFn: purge,
    onSuccess: () => setLooking(false),
    onSettled: () => void client.invalidateQueries({ queryKey: ["data"] }),
  });
  const failed = error ? toCallError(error) : null;
  const look = () => {
    reset();
    setLooking(true);
  };
  return (
    <section className={classes.part} aria-labelledby="kept-purge">
      <h2 id="kept-purge">Deleting what is due</h2>
      <p className={classes.prose}>
        Done by itself once a day,{" "}
        {kept.next_run === "" ? (
          "as soon as Purser is open"
        ) : (
          <>
            next on <Day value={kept.next_run} />
          </>
        )}
        . What is deleted is written into the audit; figures made of a document outlive it.
      </p>
      {looking ? (
        <Preview busy={isPending} onDone={() => mutate()} onLeave={() => setLooking(false)} />
      ) : (
        <div className={classes.actions}>
          <Button variant="default" onClick={look}>
            Purge now…
          </Button>
        </div>
      )}
      {data && (
        <p role="status" className={classes.prose}>
          {data.text} {data.freed > 0 && `The data folder is ${bytesText(data.freed, locale)} smaller.`}
        </p>
      )}
      {data?.waiting.map((text) => (
        <p key={text} className={classes.waiting}>
          <span aria-hidden="true">▲ </span>
          {text}
        </p>
      ))}
      {failed && (
        <p role="alert" className={classes.fault}>
          Not everything that is due was deleted. {failed.message} {failed.hint}
        </p>
      )}
      <Runs runs={kept.runs} />
    </section>
  );
}

type PreviewProps = { busy: boolean; onDone: () => void; onLeave: () => void };

/** What would be deleted, before it is. */
function Preview({ busy, onDone, onLeave }: PreviewProps) {
  const { data, error, refetch } = useQuery(purgePreviewQuery);
  const { locale } = useDisplay();
  if (error && !data) {
    return <ErrorState effect="What is due could not be told." error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <LoadingRows rows={2} label="Looking at what is due" />;
  const none = data.parts.length === 0;
  return (
    <div className={classes.preview}>
      {none && <p role="status">Nothing is due. {data.waiting.length > 0 && "Some parts could not be asked:"}</p>}
      {!none && (
        <>
          <p role="status">This goes, and does not come back by itself:</p>
          <ul className={classes.parts}>
            {data.parts.map((part) => (
              <li key={`${part.part} ${part.class}`}>
                <span>{part.title}</span>
                <span>{part.text}</span>
                <span className={classes.small}>{holdingText(part, locale)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {data.waiting.map((text) => (
        <p key={text} className={classes.waiting}>
          <span aria-hidden="true">▲ </span>
          {text}
        </p>
      ))}
      <div className={classes.actions}>
        {!none && (
          <Button loading={busy} onClick={onDone}>
            Delete this now
          </Button>
        )}
        <Button variant="default" disabled={busy} onClick={onLeave}>
          {none ? "Close" : "Leave it until it is due by itself"}
        </Button>
      </div>
    </div>
  );
}

function Runs({ runs }: { runs: readonly PurgeRun[] }) {
  if (runs.length === 0) return null;
  return (
    <details className={classes.fold}>
      <summary>What was deleted before</summary>
      <ul className={classes.parts}>
        {runs.map((run) => (
          <li key={run.id}>
            <span>
              <Day value={run.began_at} />
            </span>
            <span>{run.text}</span>
            <span className={classes.small}>{run.who === "person" ? "by you" : "by itself"}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
