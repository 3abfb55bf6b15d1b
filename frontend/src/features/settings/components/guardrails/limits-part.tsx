import type { Kind } from "../../api/guardrails";
import { UndoLine } from "../undo-line";
import classes from "./guardrails.module.css";
import { LimitRow } from "./limit-row";
import { useLimits } from "./use-limits";

const levels = ["", "stays on this computer", "leaves this computer, can be reverted", "leaves this computer for good"];

/** The limits of each kind of action. */
export function LimitsPart({ kinds }: { kinds: readonly Kind[] }) {
  const edit = useLimits();
  return (
    <section className={classes.part} aria-labelledby="guardrails-limits">
      <h2 id="guardrails-limits">Limits</h2>
      <p className={classes.about}>
        Held against every action when it is approved and once more when it begins. Making one stricter holds at once;
        allowing more asks for the figure twice. A blank limit means that nothing of its kind is done.
      </p>
      <div className={classes.said}>
        <UndoLine saved={edit.saved} problem={edit.problem} />
      </div>
      {kinds.map((kind) => (
        <section key={kind.name} className={classes.kind} aria-labelledby={`limits-${kind.name}`}>
          <h3 id={`limits-${kind.name}`}>
            {kind.title} <span className={classes.level}>{levels[kind.level]}</span>
            {kind.stopped && (
              <span className={classes.halted}>
                <span aria-hidden="true">⊘ </span>stopped
              </span>
            )}
          </h3>
          {kind.limits.map((limit) => (
            <LimitRow
              key={limit.name}
              limit={limit}
              kind={kind.title}
              onSave={(value) => edit.set(kind, limit, value)}
              onReset={() => edit.reset(kind, limit)}
            />
          ))}
          {kind.limits.length === 0 && <p className={classes.about}>It has no limit of its own.</p>}
        </section>
      ))}
    </section>
  );
}
