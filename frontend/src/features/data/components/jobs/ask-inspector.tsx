import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDisplay } from "@/lib/display";
import { askLook } from "@/lib/fetching/stream-state";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { Kbd } from "@/ui/kbd/kbd";
import { workQuery } from "../../api/jobs";
import type { Ask } from "../../api/types";
import { kindWords, stoppable } from "../../logic/ask-words";
import { placeName } from "../../logic/places";
import { streamKey } from "../../logic/streams";
import amazon from "../amazon/amazon.module.css";
import { AskDays } from "../amazon/ask-days";
import { FetchState } from "../amazon/fetch-state";
import { LastAnswer } from "../amazon/last-answer";
import { useFetchActs } from "../amazon/use-fetch-acts";
import { FactList } from "../fact-list";
import inspector from "../inspector.module.css";

type Props = { id: number; onClose: () => void; onStream: (key: string) => void };

/** One piece of work: what it is for, how it stands, what came of it. */
export function AskInspector({ id, onClose, onStream }: Props) {
  const { data } = useQuery(workQuery);
  const ask = data?.find((one) => one.id === id);
  if (!ask) return null;
  return (
    <Inspector label={`${ask.title} job details`} onClose={onClose} footer={<Acts ask={ask} onStream={onStream} />}>
      <FetchState look={askLook(ask.status)} />
      <h2 className={inspector.title}>
        {ask.title}, {placeName(ask)}
      </h2>
      <p className={inspector.text}>{ask.text}</p>
      <InspectorSection title="What it is">
        <Facts ask={ask} />
      </InspectorSection>
      {ask.failure && <LastAnswer failure={ask.failure} told={ask.text} />}
    </Inspector>
  );
}

function Facts({ ask }: { ask: Ask }) {
  const { locale } = useDisplay();
  const done = ask.status === "done";
  return (
    <FactList
      facts={[
        ["For", kindWords(ask.kind)],
        ["Window", <AskDays key="d" ask={ask} />],
        ["Planned", <Day key="d" value={ask.planned} />],
        ["Failed tries", formatNumber(ask.attempts, locale)],
        done ? ["Ended", <Day key="d" value={ask.ended} />] : ["Next step", <Day key="d" value={ask.next} />],
        ...(done
          ? ([
              ["Rows", formatNumber(ask.rows, locale)],
              ["New or different", formatNumber(ask.changed, locale)],
            ] as const)
          : []),
      ]}
    />
  );
}

function Acts({ ask, onStream }: { ask: Ask; onStream: (key: string) => void }) {
  const acts = useFetchActs();
  return (
    <div className={amazon.actions}>
      {stoppable(ask) && (
        <Button variant="default" rightSection={<Kbd keys="c" />} onClick={() => acts.cancel(ask)}>
          Cancel
        </Button>
      )}
      <Button variant="default" onClick={() => onStream(streamKey(ask))}>
        All of this data
      </Button>
    </div>
  );
}
