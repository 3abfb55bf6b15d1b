import { useQuery } from "@tanstack/react-query";
import { useDisplay } from "@/lib/display";
import { fillStages, isArriving, isFilling, type Stage } from "@/lib/fetching/fill";
import { progressQuery, streamsQuery } from "@/lib/fetching/queries";
import { formatNumber } from "@/lib/format";
import classes from "./first-fill.module.css";

type Props = {
  /** Only until each kind of data has come once, though its past goes on arriving. */
  arriving?: boolean;
};

/** How far the first fill is: the kinds of data in the order in which they come. Nothing once all is here. */
export function FirstFill({ arriving = false }: Props) {
  const { locale } = useDisplay();
  const streams = useQuery(streamsQuery);
  const progress = useQuery(progressQuery);
  const under = arriving ? isArriving : isFilling;
  if (!streams.data || !progress.data || !under(streams.data)) return null;
  const stages = fillStages(streams.data);
  return (
    <section className={classes.band} aria-label="First fill">
      <p className={classes.text}>
        {progress.data.text}{" "}
        <span className={classes.count}>
          {formatNumber(progress.data.done, locale)} of {formatNumber(progress.data.total, locale)} windows
        </span>
      </p>
      <ol className={classes.stages} aria-label="Kinds of data in the order in which they come">
        {stages.map((stage) => (
          <li key={stage.feed} data-state={stage.state} title={`${stage.title}: ${stageWords(stage)}`}>
            <span className="visually-hidden">
              {stage.title}: {stageWords(stage)}
            </span>
            <span className={classes.level} style={{ width: `${stage.percent}%` }} />
          </li>
        ))}
      </ol>
      <p className={classes.lines}>
        <Line name="Under way" stages={stages.filter((s) => s.state === "moving")} percent />
        <Line name="Next" stages={stages.filter((s) => s.state === "waiting")} />
        <Line name="Waits for you" stages={stages.filter((s) => s.state === "stuck")} />
      </p>
    </section>
  );
}

const most = 3;

function Line({ name, stages, percent = false }: { name: string; stages: readonly Stage[]; percent?: boolean }) {
  if (stages.length === 0) return null;
  const told = stages.slice(0, most).map((s) => (percent ? `${s.title} ${s.percent} %` : s.title));
  const more = stages.length - told.length;
  return (
    <span className={classes.line}>
      <span className={classes.name}>{name}</span> {told.join(", ")}
      {more > 0 && ` and ${more} more`}
    </span>
  );
}

function stageWords({ state, percent }: Stage): string {
  switch (state) {
    case "here":
      return "here";
    case "moving":
      return `${percent} %`;
    case "waiting":
      return "waits for its turn";
    case "stuck":
      return "waits for you";
  }
}
