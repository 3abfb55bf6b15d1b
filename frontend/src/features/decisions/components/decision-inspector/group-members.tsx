import { InspectorSection } from "@/ui/inspector/inspector";
import { Money } from "@/ui/money/money";
import type { Decision } from "../../api/types";
import type { TriageControl } from "../use-triage";
import classes from "./decision-inspector.module.css";

/** The decisions that one row stands for; choosing one unfolds the row and goes there. */
export function GroupMembers({ item, triage }: { item: Decision; triage: TriageControl }) {
  const visit = (id: string) => {
    if (!triage.unfolded.includes(item.id)) triage.fold(item.id);
    triage.visit(id);
  };
  return (
    <InspectorSection title="These are decided together">
      <ul className={classes.members}>
        {item.members.map((member) => (
          <li key={member.id}>
            <button type="button" onClick={() => visit(member.id)}>
              {member.title}
            </button>
            <Money amount={member.at_stake} />
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}
