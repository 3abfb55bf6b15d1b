import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDisplay } from "@/lib/display";
import { progressQuery, streamsQuery } from "@/lib/fetching/queries";
import { streamLook } from "@/lib/fetching/stream-state";
import { formatNumber, formatPercent, notApplicable } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { Kbd } from "@/ui/kbd/kbd";
import type { Stream } from "../../api/types";
import { tookText } from "../../logic/ask-words";
import { apiName, groupName, placeName } from "../../logic/places";
import { streamKey } from "../../logic/streams";
import { FactList } from "../fact-list";
import inspector from "../inspector.module.css";
import classes from "./amazon.module.css";
import { AskHistory } from "./ask-history";
import { FetchState } from "./fetch-state";
import { LastAnswer } from "./last-answer";
import { useFetchActs } from "./use-fetch-acts";

type Props = { stream: string; onClose: () => void };

/** One kind of data at a place: how it stands, what to do, how far it reaches, what was asked for it. */
export function StreamInspector({ stream, onClose }: Props) {
  const { data } = useQuery(streamsQuery);
  const found = data?.find((s) => streamKey(s) === stream);
  if (!found) return null;
  return (
    <Inspector label={`${found.title} details`} onClose={onClose} footer={<Acts stream={found} />}>
      <FetchState look={streamLook(found.state)} />
      <h2 className={inspector.title}>
        {found.title}, {placeName(found)}
      </h2>
      <p className={inspector.text}>{found.text}</p>
      <ToDo stream={found} />
      <Reach stream={found} />
      <Asked stream={found} />
      {found.failure && <LastAnswer failure={found.failure} told={found.text} />}
      <AskHistory stream={found} />
    </Inspector>
  );
}

/** What a person can do about it; what goes on by itself needs nobody. */
function ToDo({ stream: { state, text, note } }: { stream: Stream }) {
  const told = note !== "" && !text.includes(note) ? note : "";
  const what = todo[state] ?? (troubled(state) ? "Nothing: it goes on by itself." : "");
  if (what === "" && told === "") return null;
  return (
    <InspectorSection title="What to do">
      {what !== "" && <p className={inspector.text}>{what}</p>}
      {told !== "" && <p className={inspector.text}>{told}</p>}
      {(state === "reconnect" || state === "denied") && (
        <p className={classes.what}>
          <Link to="/connect">{state === "reconnect" ? "Connect again" : "See what the connection may do"}</Link>
        </p>
      )}
    </InspectorSection>
  );
}

/** Something is not as it should be, and mends without a person. */
function troubled(state: string): boolean {
  const { tone, byItself } = streamLook(state);
  return byItself && (tone === "warning" || tone === "critical");
}

const todo: Record<string, string> = {
  reconnect: "Connect the account again. Everything that waited goes on from where it stopped.",
  denied: "Give the access that is named above in Seller Central, then press Fetch now.",
  held: "Look at the answer of Amazon below. Fetch now asks once more; a file imported by hand fills the gap.",
  invalid: "Look at the answer of Amazon below. Fetch now asks once more; a file imported by hand fills the gap.",
  stopped: "Fetch now has what you stopped after all.",
  paused: "Resume it to have it fetched again.",
  clock: "Set the clock of this computer.",
};

function Reach({ stream }: { stream: Stream }) {
  const { locale } = useDisplay();
  return (
    <InspectorSection title="What is here">
      <FactList
        facts={[
          ...(stream.covered_from === ""
            ? []
            : [["Covers from", <Day key="d" value={stream.covered_from} />] as const]),
          ["As of", <Day key="d" value={stream.covered_until} />],
          ["Settled through", <Day key="d" value={stream.settled_through} />],
          ["Of the past", formatPercent(stream.filled, locale, 0)],
          ["Rows", stream.last_success === "" ? notApplicable : formatNumber(stream.rows, locale)],
        ]}
      />
    </InspectorSection>
  );
}

function Asked({ stream }: { stream: Stream }) {
  const { locale } = useDisplay();
  return (
    <InspectorSection title="How it is asked for">
      <FactList
        facts={[
          ["From", `${apiName(stream.api)}, ${groupName(stream.group)}`],
          ["Last came", <Day key="d" value={stream.last_success} />],
          ["Took", stream.last_success === "" ? notApplicable : tookText(stream.seconds)],
          ["Next run", <Day key="d" value={stream.next_run} />],
          ["Waiting", formatNumber(stream.open, locale)],
          ["Asked so far", formatNumber(stream.runs, locale)],
          ["Quota left", stream.quota_left || notApplicable],
        ]}
      />
    </InspectorSection>
  );
}

function Acts({ stream }: { stream: Stream }) {
  const acts = useFetchActs();
  const { data } = useQuery(progressQuery);
  const all = data?.paused === true;
  const paused = stream.state === "paused";
  return (
    <div className={classes.actions}>
      <Button rightSection={<Kbd keys="r" />} onClick={() => acts.fetch(stream)}>
        Fetch now
      </Button>
      {all ? (
        <Button variant="default" rightSection={<Kbd keys="shift+p" />} onClick={acts.pauseAll}>
          Resume everything
        </Button>
      ) : (
        <Button variant="default" rightSection={<Kbd keys="p" />} onClick={() => acts.pause(stream)}>
          {paused ? "Resume" : "Pause"}
        </Button>
      )}
    </div>
  );
}
