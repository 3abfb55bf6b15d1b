import { IconAlertOctagon } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { Day } from "@/ui/day/day";
import type { Problem } from "../api/types";
import classes from "./problem.module.css";

type Props = {
  problem: Problem;
  /** Without its frame, inside of something that has one. */
  quiet?: boolean;
  /** Takes the focus, because it came of what was just pressed. */
  fresh?: boolean;
};

/** What went wrong and what to do, in plain words; Amazon's own are folded below. */
export function ProblemCard({ problem, quiet = false, fresh = false }: Props) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (fresh && problem) card.current?.focus();
  }, [fresh, problem]);
  return (
    <div ref={card} className={classes.problem} data-quiet={quiet} role={fresh ? "alert" : undefined} tabIndex={-1}>
      {!quiet && <IconAlertOctagon size={18} stroke={1.6} className={classes.icon} aria-hidden="true" />}
      <div className={classes.words}>
        <p className={classes.title}>{problem.title}</p>
        <p>{problem.text}</p>
        {problem.steps.length > 0 && (
          <ol>
            {problem.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        {problem.at !== "" && (
          <p className={classes.note}>
            Since <Day value={problem.at} />
          </p>
        )}
        <RawAnswer problem={problem} />
      </div>
    </div>
  );
}

function RawAnswer({ problem }: { problem: Problem }) {
  if (problem.raw === "" && problem.request === "") return null;
  return (
    <details className={classes.raw}>
      <summary>What Amazon answered</summary>
      {problem.request !== "" && (
        <p>
          Request <code>{problem.request}</code>. Amazon's support asks for it.
        </p>
      )}
      {problem.raw !== "" && <pre>{problem.raw}</pre>}
    </details>
  );
}
