import type { KeyboardEvent } from "react";
import type { Step, StepResult } from "./steps";
import classes from "./trace.module.css";

type Props = { steps: readonly Step[]; chosen: string; onChoose: (id: string) => void };

export const stepMarks: Record<StepResult, { mark: string; word: string }> = {
  true: { mark: "✓", word: "holds" },
  false: { mark: "✗", word: "does not hold" },
  unknown: { mark: "?", word: "not known" },
  not_needed: { mark: "–", word: "not looked at" },
  plain: { mark: "·", word: "" },
};

/** Each step in the order it was taken; arrows go from step to step. */
export function StepList({ steps, chosen, onChoose }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLOListElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + by];
    event.preventDefault();
    next?.focus();
    next?.click();
  };
  return (
    <ol className={classes.steps} aria-label="Steps" onKeyDown={onKeyDown}>
      {steps.map((step) => (
        <li key={step.id} data-depth={Math.min(step.depth, 4)} data-kind={step.kind}>
          <button
            type="button"
            className={classes.step}
            data-result={step.result}
            data-step={step.id}
            aria-current={step.id === chosen ? "step" : undefined}
            tabIndex={step.id === chosen || (chosen === "" && step === steps[0]) ? 0 : -1}
            onClick={() => onChoose(step.id)}
          >
            <span className={classes.mark}>
              <span aria-hidden="true">{stepMarks[step.result].mark}</span>
              {stepMarks[step.result].word !== "" && (
                <span className="visually-hidden">{stepMarks[step.result].word}: </span>
              )}
            </span>
            <span className={classes.what}>
              {step.title}
              {step.note !== "" && <small>{step.note}</small>}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
