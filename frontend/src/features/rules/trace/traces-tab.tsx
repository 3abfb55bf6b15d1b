import { useNavigate } from "@tanstack/react-router";
import { RecentDecisions } from "./recent-decisions";
import { SubjectPicker } from "./subject-picker";
import classes from "./trace.module.css";

/** The way to a trace from the list of rules: a subject by its name, or a decision that waits. */
export function TracesTab() {
  const navigate = useNavigate();
  return (
    <div className={classes.begin}>
      <h2>Why, or why not, about which subject?</h2>
      <p>Each rule then says what it made of it, step by step, on any day.</p>
      <SubjectPicker
        label="Subject"
        placeholder="SKU, campaign or search term"
        onPick={(subject) => void navigate({ to: "/rules/trace", search: { subject } })}
      />
      <RecentDecisions policy="" />
    </div>
  );
}
