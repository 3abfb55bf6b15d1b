import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askLook } from "@/lib/fetching/stream-state";
import { Day } from "@/ui/day/day";
import { InspectorSection } from "@/ui/inspector/inspector";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { historyQuery } from "../../api/jobs";
import type { Ask, Stream } from "../../api/types";
import { kindWords } from "../../logic/ask-words";
import { asksOf } from "../../logic/streams";
import inspector from "../inspector.module.css";
import classes from "./amazon.module.css";
import { AskDays } from "./ask-days";
import { FetchState } from "./fetch-state";

const few = 8;

/** What was asked for a stream and what waits: window by window. */
export function AskHistory({ stream }: { stream: Stream }) {
  const query = useQuery(historyQuery);
  const [whole, setWhole] = useState(false);
  if (query.isPending) return <LoadingRows rows={3} label="Reading what was asked for" />;
  if (query.data === undefined) {
    return (
      <ErrorState
        effect="What was asked for could not be read."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const asks = asksOf(query.data, stream);
  const shown = whole ? asks : asks.slice(0, few);
  return (
    <InspectorSection title="Asked for, window by window">
      {asks.length === 0 && <p className={inspector.text}>Nothing waits, and nothing of it was asked for lately.</p>}
      <ul className={classes.history}>
        {shown.map((ask) => (
          <Line key={ask.id} ask={ask} />
        ))}
      </ul>
      {asks.length > few && (
        <button type="button" className={classes.link} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? "Show fewer" : `Show all ${asks.length}`}
        </button>
      )}
    </InspectorSection>
  );
}

function Line({ ask }: { ask: Ask }) {
  return (
    <li>
      <span className={classes.line}>
        <FetchState look={askLook(ask.status)} />
        <span>{ask.kind === "snapshot" ? kindWords(ask.kind) : <AskDays ask={ask} />}</span>
      </span>
      <span className={classes.small}>
        {ask.ended !== "" && (
          <>
            <Day value={ask.ended} />
            {": "}
          </>
        )}
        {ask.text}
      </span>
    </li>
  );
}
