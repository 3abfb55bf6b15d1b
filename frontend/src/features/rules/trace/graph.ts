import type { FlowEdge, FlowNode, FlowTone } from "@/ui/flow-graph/flow";
import { nameInWords } from "./expression";
import type { Judged, StepResult, Trace } from "./steps";
import { conditionsIn, figuresOf, type Line, shownValue } from "./tree";

const tones: Record<StepResult, FlowTone> = {
  true: "pass",
  false: "fail",
  unknown: "unknown",
  not_needed: "skipped",
  plain: "plain",
};

type Graph = { nodes: FlowNode[]; edges: FlowEdge[] };

/** How one case came about: its figures, the conditions over them, the clauses they make up, the case, what holds it back, the outcome. */
export function graphOf(trace: Trace, chosen: string): Graph {
  const judged = trace.cases.find((one) => one.id === chosen) ?? shownCase(trace);
  const graph: Graph = { nodes: [], edges: [] };
  if (!judged) return graph;
  const skipped = judged.verdict === "not_reached";
  addLines(graph, trace, judged.lines, judged.id, skipped);
  addEnd(graph, trace, judged);
  return graph;
}

/** The case that is shown until one is chosen: the one that decides, else one that cannot be told, else the first. */
export function shownCase(trace: Trace): Judged | undefined {
  const of = (verdict: Judged["verdict"]) => trace.cases.find((one) => one.verdict === verdict);
  return of("decides") ?? of("holds") ?? of("unknown") ?? trace.cases[0];
}

function addLines(graph: Graph, trace: Trace, lines: readonly Line[], to: string, skipped: boolean): void {
  for (const line of lines) {
    const { why } = line;
    graph.nodes.push({
      id: line.id,
      kind: conditionsIn(line).length > 0 ? "clause" : "condition",
      title: why.clause !== "" && why.depth === 0 ? nameInWords(why.clause) : why.text || why.expression,
      note: skipped ? "not reached" : noteOf(line),
      tone: skipped ? "skipped" : tones[why.result],
    });
    graph.edges.push({ from: line.id, to });
    addLines(graph, trace, conditionsIn(line), line.id, skipped);
    for (const figure of figuresOf(line)) addFigure(graph, trace, figure, line.id);
  }
}

function noteOf({ why }: Line): string {
  return { true: "holds", false: "does not hold", unknown: "cannot tell", not_needed: "not needed" }[why.result];
}

function addFigure(graph: Graph, trace: Trace, figure: Line, to: string): void {
  const name = figure.why.expression.trim();
  const known = trace.figures.find((one) => one.name === name);
  if (!known || known.line.id === to) return; // a flag: the condition and the fact are one
  if (!graph.nodes.some((node) => node.id === known.id)) {
    const { why } = known.line;
    const value = shownValue(why);
    graph.nodes.push({
      id: known.id,
      kind: name.startsWith("threshold.") ? "threshold" : "fact",
      title: known.title,
      note: value === "" ? why.note || "not known" : value,
      tone: value === "" ? "unknown" : "plain",
    });
  }
  if (!graph.edges.some((edge) => edge.from === known.id && edge.to === to)) graph.edges.push({ from: known.id, to });
}

function addEnd(graph: Graph, trace: Trace, judged: Judged): void {
  const step = (id: string) => trace.steps.find((one) => one.id === id);
  const own = step(judged.id);
  graph.nodes.push({
    id: judged.id,
    kind: "case",
    title: nameInWords(judged.case.case),
    note: own?.title.split(": ")[1] ?? "",
    tone: tones[own?.result ?? "plain"],
  });
  let from = [judged.id];
  const holding = trace.steps.filter((one) => ["waiting", "exception", "guard"].includes(one.kind));
  if (judged.verdict === "decides" || judged.verdict === "holds") {
    for (const one of holding) {
      graph.nodes.push({ id: one.id, kind: one.kind, title: one.title, note: one.note, tone: tones[one.result] });
      graph.edges.push({ from: judged.id, to: one.id });
    }
    if (holding.length > 0) from = holding.map((one) => one.id);
  }
  const outcome = step("outcome");
  if (!outcome) return;
  graph.nodes.push({
    id: "outcome",
    kind: "outcome",
    title: outcome.title,
    note: outcome.note,
    tone: tones[outcome.result],
  });
  for (const one of from) graph.edges.push({ from: one, to: "outcome" });
}
