import { Link } from "@tanstack/react-router";
import { Inspector } from "@/ui/inspector/inspector";
import type { Entry } from "../../logic/entry";
import { lookOfEntry } from "../../logic/states";
import { StateMark } from "../state-mark";
import { ActionActs } from "./action-acts";
import { ActionParts } from "./action-parts";
import { DecisionParts } from "./decision-parts";
import classes from "./inspector.module.css";

type Props = { entry: Entry; onClose: () => void; onOpen: (key: string) => void };

/** All that is known of what is under the cursor: what was decided and why, what was done, and what became of it. */
export function EntryInspector({ entry, onClose, onOpen }: Props) {
  const { trail, item } = entry;
  const decision = trail?.decision ?? item?.id ?? "";
  return (
    <Inspector label="Journal details" onClose={onClose} footer={trail && <ActionActs key={trail.id} trail={trail} />}>
      <p className={classes.meta}>
        {entry.kindTitle}
        {entry.policy !== "" && (
          <>
            {" · "}
            <Link to="/rules" search={{ policy: entry.policy }}>
              {entry.rule}
            </Link>
            {trail && trail.version > 0 && ` version ${trail.version}`}
          </>
        )}
      </p>
      <h2 className={classes.title}>{entry.title}</h2>
      <StateMark look={lookOfEntry(entry)} />
      {trail && <ActionParts trail={trail} onOpen={onOpen} />}
      {decision !== "" && <DecisionParts key={decision} id={decision} />}
    </Inspector>
  );
}
