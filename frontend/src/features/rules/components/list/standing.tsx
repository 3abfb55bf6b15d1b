import { InspectorSection } from "@/ui/inspector/inspector";
import classes from "../rules.module.css";
import type { Listed } from "./listed";

/** What came of the last evaluation, and what a policy holds back or changes; nothing of one that is off. */
export function Standing({ policy }: { policy: Listed }) {
  if (policy.health === "err") return null;
  const lines = linesOf(policy);
  if (lines.length === 0) return null;
  return (
    <InspectorSection title={policy.guard ? "This guard" : "Now"}>
      <ul className={classes.list}>
        {lines.map(({ name, value }) => (
          <li key={name}>
            <span>{name}</span>
            <span>{value}</span>
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}

type Line = { name: string; value: string };

function linesOf(policy: Listed): Line[] {
  const lines: Line[] = [];
  const count = (name: string, number: number) => number > 0 && lines.push({ name, value: String(number) });
  if (policy.effects.length > 0) {
    lines.push({ name: policy.guard ? "Holds back" : "Changes", value: policy.effects.map(effectWords).join(", ") });
  }
  if (!policy.off) {
    count("Decided", policy.matches);
    count("Held back by guards", policy.held);
    count("Waiting for more days", policy.waiting);
    count("Silenced by other rules", policy.inhibited);
  }
  count("Exceptions", policy.excepted);
  if (policy.priority !== 0) lines.push({ name: "Priority", value: String(policy.priority) });
  return lines;
}

/** "bids.up" as "bids up"; "growth" stays. */
function effectWords(effect: string): string {
  return effect.replace(".", " ");
}
