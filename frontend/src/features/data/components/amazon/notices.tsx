import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDisplay } from "@/lib/display";
import { progressQuery, streamsQuery } from "@/lib/fetching/queries";
import { formatInstant } from "@/lib/format";
import { type Trouble, troubles } from "../../logic/streams";
import classes from "./amazon.module.css";
import { useFetchActs } from "./use-fetch-acts";

/** What stands in the way of everything from Amazon, over all tabs. What is here stays readable. */
export function FetchNotices() {
  const streams = useQuery(streamsQuery);
  const progress = useQuery(progressQuery);
  const found = troubles(streams.data ?? []);
  return (
    <>
      {found.map((trouble) => (
        <TroubleLine key={`${trouble.kind}/${trouble.whose}`} trouble={trouble} />
      ))}
      {progress.data?.paused && streams.data?.length !== 0 && <PausedLine />}
    </>
  );
}

function TroubleLine({ trouble }: { trouble: Trouble }) {
  switch (trouble.kind) {
    case "offline":
      return (
        <div className={classes.notice} role="status">
          <span aria-hidden="true">⊘ </span>
          <Offline trouble={trouble} />
        </div>
      );
    case "clock":
      return (
        <div className={classes.notice} data-tone="critical" role="alert">
          {trouble.text}
        </div>
      );
    case "reconnect":
      return (
        <div className={classes.notice} data-tone="critical" role="alert">
          <span aria-hidden="true">■ </span>
          {trouble.whose}: {trouble.text} What is here stays readable. <Link to="/connect">Connect again</Link>
        </div>
      );
  }
}

function Offline({ trouble: { tried, next, reached } }: { trouble: Trouble }) {
  const { locale, now } = useDisplay();
  const at = (instant: string) => formatInstant(instant, locale, now);
  return (
    <>
      Amazon can't be reached{tried !== "" && `; last tried at ${at(tried)}`}
      {reached !== "" && `, last reached at ${at(reached)}`}. What is here stays readable.{" "}
      {next === "" ? "It is tried again by itself." : `It is tried again at ${at(next)}.`}
    </>
  );
}

function PausedLine() {
  const { pauseAll } = useFetchActs();
  return (
    <div className={classes.notice} role="status">
      <span aria-hidden="true">‖ </span>
      Everything from Amazon is paused.{" "}
      <button type="button" className={classes.link} onClick={pauseAll}>
        Resume everything
      </button>
    </div>
  );
}
