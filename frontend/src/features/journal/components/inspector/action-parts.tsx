import type { ReactNode } from "react";
import { useCovered } from "@/lib/amounts";
import { useDisplay } from "@/lib/display";
import { formatInstant } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { InspectorSection } from "@/ui/inspector/inspector";
import { PayloadView } from "@/ui/payload-view/payload-view";
import { ReadBack } from "@/ui/payload-view/read-back";
import { readBackWords, reasonWords, refWords } from "@/ui/payload-view/value-words";
import type { Trail } from "../../api/types";
import { whoText } from "../../logic/entry";
import { levelText } from "../../logic/states";
import classes from "./inspector.module.css";

type Props = { trail: Trail; onOpen: (key: string) => void };

/** What an action did: why it waits or ended so, its times, what was read back, and the bytes that were approved. */
export function ActionParts({ trail, onOpen }: Props) {
  return (
    <>
      {trail.waits !== "" && <p className={classes.note}>{trail.waits}</p>}
      {trail.reason !== "" && <p className={classes.note}>{reasonWords(trail.reason, trail)}</p>}
      {trail.reverses > 0 && (
        <p className={classes.note}>
          It takes back{" "}
          <button type="button" className={classes.jump} onClick={() => onOpen(`a${trail.reverses}`)}>
            action {trail.reverses}
          </button>
          .
        </p>
      )}
      <InspectorSection title="Course">
        <Course trail={trail} />
      </InspectorSection>
      <InspectorSection title="What was approved, exactly">
        <p className={classes.small}>{levelText(trail.level)}</p>
        <PayloadView payload={trail.payload} hash={trail.hash} />
      </InspectorSection>
      <Answer trail={trail} />
    </>
  );
}

function Course({ trail }: { trail: Trail }) {
  const { locale, now } = useDisplay();
  const steps: [words: string, at: string][] = [
    [`Approved by ${whoText(trail.who)}`, trail.approved_at],
    ...held(trail),
    ["Begun", trail.began_at],
    [trail.state === "failed" || trail.state === "cancelled" ? "Ended, nothing done" : "Ended", trail.ended_at],
  ];
  return (
    <ol className={classes.course}>
      {steps
        .filter(([, at]) => at !== "")
        .map(([words, at]) => (
          <li key={words}>
            <span>{words}</span>
            <Day value={at} />
          </li>
        ))}
      {trail.state === "approved" && trail.expires_at !== "" && (
        <li>
          <span>The approval expires</span>
          <time dateTime={trail.expires_at}>{formatInstant(trail.expires_at, locale, now)}</time>
        </li>
      )}
    </ol>
  );
}

/** What leaves the computer is held for some seconds before it may begin. */
function held({ not_before, approved_at }: Trail): [string, string][] {
  return not_before === "" || not_before === approved_at ? [] : [["Held until", not_before]];
}

/** What the other side said, and what was read there afterwards. */
function Answer({ trail: told }: { trail: Trail }) {
  const trail = useCovered(told);
  const ref = refWords(trail);
  const read = readBackWords(trail) !== "";
  if (trail.receipt === "" && ref === "" && !read) return null;
  return (
    <InspectorSection title="What was answered">
      <dl className={classes.pairs}>
        {trail.receipt !== "" && <Pair name="Receipt" value={trail.receipt} />}
        {ref !== "" && <Pair name="Reference" value={ref} />}
        {read && <Pair name="Read back" value={<ReadBack of={trail} />} />}
      </dl>
    </InspectorSection>
  );
}

function Pair({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
