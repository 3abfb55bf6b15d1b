import { useDisplay } from "@/lib/display";
import { Day } from "@/ui/day/day";
import { changeWords } from "@/ui/payload-view/change-words";
import { PayloadView } from "@/ui/payload-view/payload-view";
import { ReadBack } from "@/ui/payload-view/read-back";
import { readBackWords, reasonWords } from "@/ui/payload-view/value-words";
import type { Item, Trail } from "../../api/types";
import classes from "./review.module.css";
import { Section } from "./section";

/** What was agreed to and sent: from what to what, the exact bytes, what the peer said and what was read back. */
export function WhatWasSent({ item }: { item: Item }) {
  const { locale, now } = useDisplay();
  const trail = item.action;
  const change = changeWords(trail, locale, now);
  return (
    <Section title="What was sent" note={item.kind_title}>
      <p className={classes.change}>
        {change.before !== "" && (
          <>
            <span className="visually-hidden">from </span>
            <s>{change.before}</s>
            <span aria-hidden="true"> → </span>
            <span className="visually-hidden"> to </span>
          </>
        )}
        <strong>{change.after}</strong>
      </p>
      <dl className={classes.facts}>
        <Row name="Agreed to">
          <Day value={trail.approved_at} /> by {trail.who === "person" ? "you" : "Purser, within the band you set"}
        </Row>
        <Row name="Outcome">{outcome(trail)}</Row>
        <Row name="Receipt">{trail.receipt === "" ? "none" : trail.receipt}</Row>
        <Row name="Read back">{readBackWords(trail) === "" ? "nothing was read back" : <ReadBack of={trail} />}</Row>
      </dl>
      <PayloadView payload={trail.payload} hash={trail.hash} />
    </Section>
  );
}

function outcome(trail: Trail): string {
  return [trail.state_text, trail.waits, reasonWords(trail.reason, trail)].filter((part) => part !== "").join(". ");
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
