import type { Row } from "../../logic/triage";
import type { TriageControl } from "../use-triage";
import { DecisionList } from "./decision-list";
import classes from "./decision-list.module.css";

type Props = {
  count: number;
  open: boolean;
  onToggle: () => void;
  rows: readonly Row[];
  triage: TriageControl;
};

/** What was seen but is not worth a decision today; folded away. */
export function AlsoNoticed({ count, open, onToggle, rows, triage }: Props) {
  return (
    <section aria-label="Also noticed">
      <p className={classes.noticed}>
        <button type="button" aria-expanded={open} onClick={onToggle}>
          {open ? "▾" : "▸"} also noticed {count}, none worth a decision today
        </button>
      </p>
      {open && <DecisionList rows={rows} triage={triage} label="Also noticed" />}
    </section>
  );
}
