import { useCovered } from "@/lib/amounts";
import { useDisplay } from "@/lib/display";
import { Day } from "@/ui/day/day";
import { InspectorSection } from "@/ui/inspector/inspector";
import { changeWords } from "@/ui/payload-view/change-words";
import { PayloadView } from "@/ui/payload-view/payload-view";
import { ReadBack } from "@/ui/payload-view/read-back";
import { readBackWords, reasonWords, refWords } from "@/ui/payload-view/value-words";
import type { Trail } from "../../api/types";
import { actionStates, needsAnswer, stateTime } from "../../logic/action-states";
import { useHeld } from "../held-bar/use-held";
import classes from "./decision-actions.module.css";
import { ResolveForm } from "./resolve-form";
import { RevertButton } from "./revert-button";

/** What the approvals of a decision led to, newest first, and what can be done about each. */
export function DecisionActions({ actions }: { actions: readonly Trail[] }) {
  if (actions.length === 0) return null;
  return (
    <InspectorSection title="What was done">
      <ul className={classes.actions}>
        {actions.map((trail) => (
          <li key={trail.id}>
            <OneAction trail={trail} />
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}

function OneAction({ trail: exact }: { trail: Trail }) {
  const trail = useCovered(exact);
  const { locale, now } = useDisplay();
  const change = changeWords(trail, locale, now);
  return (
    <>
      <p className={classes.head}>
        <ActionState trail={trail} />
        <Day value={stateTime(trail)} />
      </p>
      <p className={classes.what}>
        {trail.reverses !== 0 && "Taking back: "}
        {trail.kind_title}: {change.before !== "" && `${change.before} → `}
        {change.after}
      </p>
      <Told trail={trail} />
      <details className={classes.details}>
        <summary>Exactly what</summary>
        <PayloadView payload={exact.payload} hash={exact.hash} />
      </details>
      {needsAnswer(trail) && <ResolveForm key={`${trail.id} ${trail.state}`} trail={trail} />}
      {trail.reversible && <RevertButton trail={trail} />}
    </>
  );
}

/** The state as a shape and a word; while it is held, with the seconds that are left to take it back. */
export function ActionState({ trail }: { trail: Trail }) {
  const { mark, tone } = actionStates[trail.state];
  const held = useHeld().find((one) => one.trail.id === trail.id);
  return (
    <span className={classes.state} data-tone={tone}>
      <span aria-hidden="true">{mark} </span>
      {held ? `sending in ${held.seconds} s` : stateWords(trail)}
    </span>
  );
}

/** "done, read back"; why anything else ended as it did is told below. */
function stateWords({ state, state_text, reason }: Trail): string {
  return state === "verified" && reason !== "" ? `${state_text}, ${reason}` : state_text;
}

/** Everything that was said about it: why it waits, why it ended so, the receipt, and what was read back. */
function Told({ trail }: { trail: Trail }) {
  const { waits, reason, receipt, state } = trail;
  const ref = refWords(trail);
  const lines = [
    { name: "Waits", text: waits },
    { name: "Why", text: state === "verified" ? "" : reasonWords(reason, trail) },
    { name: "Receipt", text: [receipt, ref !== "" && `(${ref})`].filter(Boolean).join(" ") },
  ].filter(({ text }) => text !== "");
  const read = readBackWords(trail) !== "";
  if (lines.length === 0 && !read) return null;
  return (
    <dl className={classes.told}>
      {lines.map(({ name, text }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      {read && (
        <div>
          <dt>Read back</dt>
          <dd>
            <ReadBack of={trail} />
          </dd>
        </div>
      )}
    </dl>
  );
}
