import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Day } from "@/ui/day/day";
import { MaturityMark } from "@/ui/freshness-chip/freshness-chip";
import { ChangeList } from "./change-list";
import { joins, nameInWords, operatorWords, sidesOf } from "./expression";
import { stepMarks } from "./step-list";
import type { Figure, Step, Trace } from "./steps";
import classes from "./trace.module.css";
import { figuresOf, type Line, shownValue, sideValue } from "./tree";
import type { Change, Explanation } from "./types";

type Props = {
  explanation: Explanation;
  trace: Trace;
  chosen: string;
  changes: readonly Change[];
  onDay: (day: string) => void;
};

/** All about the chosen step or figure: both sides with their values, and where each comes from. */
export function StepDetails({ explanation, trace, chosen, changes, onDay }: Props) {
  const step = trace.steps.find((one) => one.id === chosen);
  const figure = trace.figures.find((one) => one.id === chosen);
  return (
    <section className={classes.details} aria-label="Details of the step">
      {step && <StepPart step={step} explanation={explanation} trace={trace} />}
      {step?.kind === "outcome" && <ChangeList changes={changes} onDay={onDay} />}
      {figure && (
        <>
          <h2>{figure.title}</h2>
          <Figures figures={[figure]} subject={explanation.subject} />
        </>
      )}
    </section>
  );
}

type PartProps = { step: Step; explanation: Explanation; trace: Trace };

function StepPart({ step, explanation, trace }: PartProps) {
  const judged = trace.cases.find((one) => one.id === step.id);
  return (
    <>
      <h2>
        {step.title}
        {step.kind === "condition" && <span className={classes.verdict}> {stepMarks[step.result].word}</span>}
      </h2>
      {step.note !== "" && <p>{step.note}</p>}
      {step.line && <Condition line={step.line} />}
      {step.kind === "facts" && <Figures figures={trace.figures} subject={explanation.subject} />}
      {step.line && <Figures figures={namedFigures(trace, figuresBelow(step.line))} subject={explanation.subject} />}
      {judged && (
        <>
          {judged.case.when !== "" && <Code label="When" text={judged.case.when} />}
          {judged.case.needed && <p>If this cannot be told, nothing after it is tried.</p>}
          <Figures figures={namedFigures(trace, judged.lines.flatMap(figuresBelow))} subject={explanation.subject} />
        </>
      )}
      {step.kind === "scope" && explanation.scope && <Code label="Only for" text={explanation.scope.when} />}
      {step.policy !== undefined && (
        <p>
          <Link
            to="/rules/trace"
            search={{ subject: explanation.subject, policy: step.policy, as_of: explanation.as_of }}
          >
            Trace of this guard
          </Link>
        </p>
      )}
      {step.kind === "outcome" && <Outcome explanation={explanation} />}
    </>
  );
}

function figuresBelow(line: Line): Line[] {
  return joins(line.why.expression) ? line.parts.flatMap(figuresBelow) : figuresOf(line);
}

function namedFigures(trace: Trace, lines: readonly Line[]): Figure[] {
  const names = new Set(lines.map((line) => line.why.expression.trim()));
  return trace.figures.filter((figure) => names.has(figure.name));
}

/** A comparison as left, operator and right, each with its value. */
function Condition({ line }: { line: Line }) {
  const sides = sidesOf(line.why.expression);
  if (!sides) return line.why.expression === "" ? null : <Code label="Condition" text={line.why.expression} />;
  return (
    <dl className={classes.sides}>
      <Side name="Left" value={sideValue(sides.left, line)} text={sides.left} />
      <div>
        <dt>Operator</dt>
        <dd>
          <strong>{operatorWords[sides.op] ?? sides.op}</strong>
          <code>{sides.op}</code>
        </dd>
      </div>
      <Side name="Right" value={sideValue(sides.right, line)} text={sides.right} />
    </dl>
  );
}

function Side({ name, value, text }: { name: string; value: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value !== "" && <strong>{value}</strong>}
        {value !== text && <code>{text}</code>}
      </dd>
    </div>
  );
}

function Code({ label, text }: { label: string; text: string }) {
  return (
    <dl className={classes.code}>
      <dt>{label}</dt>
      <dd>
        <code>{text}</code>
      </dd>
    </dl>
  );
}

/** Figures with their value, source, day and state, and the way to the rows behind each. */
function Figures({ figures, subject }: { figures: readonly Figure[]; subject: string }) {
  if (figures.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label="Table of figures">
      <table className={classes.figures}>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col" data-align="end">
              Value
            </th>
            <th scope="col">Source</th>
            <th scope="col">As of</th>
            <th scope="col">Rows</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <FigureRow key={figure.id} figure={figure} subject={subject} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FigureRow({ figure, subject }: { figure: Figure; subject: string }) {
  const { why } = figure.line;
  const value = shownValue(why);
  const threshold = figure.name.startsWith("threshold.");
  return (
    <tr>
      <th scope="row">
        {figure.title}
        <code>{figure.name}</code>
      </th>
      <td data-align="end">
        {value === "" ? <span className={classes.unknown}>? not known</span> : value}
        {value === "" && why.note !== "" && <small>{why.note}</small>}
      </td>
      <td>{threshold ? "Figure of the rule" : why.source === "" ? "—" : why.source}</td>
      <td className={classes.asOf}>
        {why.maturity !== "" && <Maturity state={why.maturity}>{why.maturity}</Maturity>}
        {why.as_of !== "" && <Day value={why.as_of} />}
      </td>
      <td>
        {threshold || value === "" ? (
          "—"
        ) : (
          <Link
            to="/rows"
            search={{ name: figure.name, subject }}
            aria-label={`Rows behind ${nameInWords(figure.name)}`}
          >
            Rows
          </Link>
        )}
      </td>
    </tr>
  );
}

function Maturity({ state, children }: { state: Exclude<Line["why"]["maturity"], "">; children: ReactNode }) {
  if (state === "fresh") return null;
  return (
    <>
      <MaturityMark state={state} /> <span aria-hidden="true">{children} </span>
    </>
  );
}

function Outcome({ explanation }: { explanation: Explanation }) {
  const { sentence, passed_over } = explanation;
  return (
    <>
      {sentence !== "" && <p>{sentence}</p>}
      {explanation.do !== "" && <p className={classes.do}>{explanation.do}</p>}
      {passed_over.length > 0 && <p>Not known on the way: {[...new Set(passed_over)].join("; ")}.</p>}
    </>
  );
}
