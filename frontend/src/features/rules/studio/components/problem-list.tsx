import type { Problem } from "../../api/studio-types";
import { placeOfProblem, placeWords } from "../logic/problems";
import classes from "./studio.module.css";

type Props = { problems: readonly Problem[]; warnings: readonly string[] };

/** What keeps a draft from being saved, each with the way to its place; and what one should know. */
export function ProblemList({ problems, warnings }: Props) {
  return (
    <>
      {problems.length > 0 && (
        <section className={classes.problems} aria-label="Problems">
          <h2>
            <span aria-hidden="true">⬣ </span>
            {problems.length === 1
              ? "One thing to mend before it can be saved"
              : `${problems.length} things to mend before it can be saved`}
          </h2>
          <ul>
            {problems.map((problem) => (
              <li key={`${problem.where}/${problem.field}/${problem.line}/${problem.from}/${problem.message}`}>
                <button type="button" onClick={() => goTo(problem)}>
                  <span>{placeWords(problem)}</span>: {problem.message}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {warnings.length > 0 && (
        <section className={classes.notice} aria-label="Warnings">
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Brings the field of a problem into sight and puts the keyboard there. */
function goTo(problem: Problem) {
  const own =
    find(placeOfProblem(problem)) ?? find(`${problem.where}/`) ?? document.querySelector<HTMLElement>("[data-view]");
  if (!own) return;
  for (let at = own.parentElement; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
  own.scrollIntoView({ block: "center" });
  const field = own.matches("input, textarea")
    ? own
    : own.querySelector<HTMLElement>("input, textarea, [contenteditable='true'], button");
  field?.focus({ preventScroll: true });
}

const find = (place: string) =>
  [...document.querySelectorAll<HTMLElement>("[data-place]")].find((element) => element.dataset.place === place);
