import { nameInWords } from "./expression";
import { allLines, conditionsIn, figuresOf, type Line, linesOf } from "./tree";
import type { CaseTrace, Explanation, Result } from "./types";

/** What a step of a trace is. */
export type StepKind = "facts" | "scope" | "case" | "condition" | "waiting" | "exception" | "guard" | "outcome";

/** How it came out; "plain" where it neither holds nor fails. */
export type StepResult = Result | "plain";

export type Step = {
  id: string;
  kind: StepKind;
  result: StepResult;
  title: string;
  /** What is added in small type. */
  note: string;
  depth: number;
  /** The condition and its parts; absent of steps that are none. */
  line?: Line;
  /** Name of the case it belongs to; "" of none. */
  case: string;
  /** The policy that a guard is. */
  policy?: string;
};

/** A figure that the policy read, once. */
export type Figure = { id: string; line: Line; name: string; title: string };

export type Judged = { case: CaseTrace; id: string; lines: Line[]; verdict: Verdict };

/** What became of a case. */
export type Verdict = "decides" | "holds" | "not_met" | "unknown" | "not_reached";

/** An explanation taken apart: cases with their lines, the figures they read, and the steps in order. */
export type Trace = { scope: Line[]; cases: Judged[]; figures: Figure[]; steps: Step[] };

export function traceOf(explanation: Explanation): Trace {
  const scope = explanation.scope ? linesOf("scope", explanation.scope.why) : [];
  const cases = judge(explanation);
  const figures = figuresIn([...scope, ...cases.flatMap((one) => one.lines)]);
  return { scope, cases, figures, steps: stepsOf(explanation, scope, cases, figures) };
}

function judge(explanation: Explanation): Judged[] {
  const decided = explanation.cases.findIndex((one) => one.case === explanation.case && explanation.case !== "");
  return explanation.cases.map((one, index) => ({
    case: one,
    id: `case:${one.case}`,
    lines: linesOf(`case:${one.case}`, one.why),
    verdict: verdictOf(one, index === decided, decided >= 0 && index > decided),
  }));
}

function verdictOf(one: CaseTrace, decides: boolean, after: boolean): Verdict {
  if (decides) return "decides";
  if (after || one.result === "not_needed") return "not_reached";
  if (one.result === "unknown") return "unknown";
  return one.result === "true" ? "holds" : "not_met";
}

function figuresIn(lines: readonly Line[]): Figure[] {
  const byName = new Map<string, Figure>();
  for (const line of allLines(lines)) {
    for (const figure of figuresOf(line)) {
      const name = figure.why.expression.trim();
      const known = byName.get(name);
      // Of a figure that was read twice the line with its value tells more.
      if (known && (known.line.why.value !== "" || figure.why.value === "")) continue;
      byName.set(name, { id: `fact:${name}`, line: figure, name, title: nameInWords(name) });
    }
  }
  return [...byName.values()];
}

const verdictResults: Record<Verdict, StepResult> = {
  decides: "true",
  holds: "true",
  not_met: "false",
  unknown: "unknown",
  not_reached: "not_needed",
};

export const verdictWords: Record<Verdict, string> = {
  decides: "decides",
  holds: "holds, but does not decide",
  not_met: "not met",
  unknown: "cannot tell",
  not_reached: "not reached",
};

function stepsOf(explanation: Explanation, scope: Line[], cases: Judged[], figures: Figure[]): Step[] {
  const steps: Step[] = [factsStep(explanation, figures)];
  if (explanation.scope) {
    const title = explanation.scope.result === "true" ? "It is in scope" : "It is not in scope";
    steps.push({ ...bare, id: "scope", kind: "scope", result: explanation.scope.result, title });
    steps.push(...conditionSteps(scope, "scope", 1));
  }
  for (const one of cases) {
    steps.push({
      ...bare,
      id: one.id,
      kind: "case",
      result: verdictResults[one.verdict],
      title: `Case ${nameInWords(one.case.case)}: ${verdictWords[one.verdict]}`,
      note: one.verdict === "not_reached" || one.verdict === "decides" ? "" : one.case.note,
      case: one.case.case,
    });
    if (one.verdict !== "not_reached") steps.push(...conditionSteps(one.lines, one.case.case, 1));
  }
  return [...steps, ...holdingSteps(explanation), outcomeStep(explanation)];
}

const bare = { note: "", depth: 0, case: "" };

function factsStep({ label, subject }: Explanation, figures: Figure[]): Step {
  const missing = figures.filter(
    (figure) => figure.line.why.result === "unknown" || figure.line.why.maturity === "missing",
  );
  return {
    ...bare,
    id: "facts",
    kind: "facts",
    result: missing.length > 0 ? "unknown" : "plain",
    title: `Read ${figures.length} ${figures.length === 1 ? "figure" : "figures"} of ${label === "" ? subject : label}`,
    note: missing.length > 0 ? `${missing.length} not known` : "",
  };
}

function conditionSteps(lines: readonly Line[], name: string, depth: number): Step[] {
  return lines.flatMap((line) => [
    {
      ...bare,
      id: line.id,
      kind: "condition" as const,
      result: line.why.result,
      title: line.why.text === "" ? line.why.expression : line.why.text,
      note: line.why.text.includes(line.why.note) ? "" : line.why.note,
      depth,
      line,
      case: name,
    },
    ...conditionSteps(conditionsIn(line), name, depth + 1),
  ]);
}

/** What can keep a case that holds from being proposed. */
function holdingSteps(explanation: Explanation): Step[] {
  const { outcome, summary, waiting = [], held_by = [], guard = false, effects = [] } = explanation;
  const steps: Step[] = [];
  for (const words of waiting) {
    steps.push({ ...bare, id: `waiting:${words}`, kind: "waiting", result: "false", title: `Waits: ${words}` });
  }
  if (outcome === "excepted") {
    steps.push({
      ...bare,
      id: "exception",
      kind: "exception",
      result: "false",
      title: "Taken out of this rule",
      note: summary,
    });
  }
  for (const one of held_by) {
    steps.push({
      ...bare,
      id: `guard:${one.policy}`,
      kind: "guard",
      result: "false",
      title: `Held back by ${one.title}`,
      note: one.why,
      policy: one.policy,
    });
  }
  if (guard && effects.length > 0) {
    const title = `Holds back ${effects.map((one) => one.replace(".", " ")).join(", ")}`;
    steps.push({ ...bare, id: "blocks", kind: "guard", result: "plain", title });
  }
  return steps;
}

const outcomeWords: Record<string, string> = {
  decided: "Decided",
  continue: "Nothing to do",
  cant_tell: "Cannot tell",
  out_of_scope: "Does not look at it",
  excepted: "Taken out by you",
};

function outcomeStep({ outcome, summary, held_by = [] }: Explanation): Step {
  const held = held_by.length > 0;
  const results: Record<string, StepResult> = { decided: held ? "false" : "true", cant_tell: "unknown" };
  return {
    ...bare,
    id: "outcome",
    kind: "outcome",
    result: results[outcome] ?? "plain",
    title: held ? "Decided, but held back" : (outcomeWords[outcome] ?? outcome),
    note: summary,
  };
}
