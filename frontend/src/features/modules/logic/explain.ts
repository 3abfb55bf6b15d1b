import type { ExplainedCase, Explanation, Why } from "../api/types";

/** What became of one case of a policy. */
export type Verdict = "decided" | "not_met" | "unknown" | "not_reached";

export interface CaseLine {
  name: string;
  verdict: Verdict;
  /** The clauses that settled it: those that failed, those not known, or all when it was met. */
  reasons: Why[];
  /** What the policy says of the case itself: "silenced: …". */
  note: string;
}

export interface Explained {
  policy: string;
  title: string;
  /** The finding in one sentence. */
  headline: string;
  outcome: string;
  decided: boolean;
  lines: CaseLine[];
  /** What could not be told on the way: "reviews missing". */
  unknowns: string[];
}

function settling(one: ExplainedCase): Why[] {
  const clauses = one.why.filter((w) => w.depth === 0);
  const told = clauses.filter((w) => w.result === one.result);
  return told.length > 0 ? told : clauses.filter((w) => w.result !== "not_needed");
}

function verdictOf(one: ExplainedCase, decidedBy: string, after: boolean): Verdict {
  if (after || one.result === "not_needed") return "not_reached";
  if (one.case === decidedBy) return "decided";
  return one.result === "unknown" ? "unknown" : "not_met";
}

function caseLine(one: ExplainedCase, decidedBy: string, after: boolean): CaseLine {
  const verdict = verdictOf(one, decidedBy, after);
  // A case that was silenced says so; one that was simply not reached needs no words.
  const note = verdict === "not_reached" && after ? "" : (one.note ?? "");
  const own = verdict === "not_reached" && note.startsWith("silenced");
  return {
    name: one.case,
    verdict,
    reasons: verdict === "not_reached" ? [] : settling(one),
    note: own ? note : "",
  };
}

/** What the lines name as unknown, each once, unless the policy already says it itself. */
function unknownsOf(explanation: Explanation, lines: CaseLine[]): string[] {
  if (explanation.passed_over.length > 0) return [...new Set(explanation.passed_over)];
  const reasons = lines.filter((l) => l.verdict === "unknown").flatMap((l) => l.reasons);
  return [...new Set(reasons.map((w) => w.note || w.text))];
}

function headline(explanation: Explanation, lines: CaseLine[], unknowns: string[]): string {
  switch (explanation.outcome) {
    case "decided": {
      const passed = lines.findIndex((l) => l.verdict === "decided");
      const before = passed <= 0 ? "" : ` after ${passed === 1 ? "one case was" : `${passed} cases were`} passed over`;
      return `"${caseTitle(explanation.case)}" decides${before}.`;
    }
    case "cant_tell":
      return unknowns.length > 0 ? `Can't tell: ${unknowns.join("; ")}.` : "Can't tell.";
    case "out_of_scope":
      return "This policy does not look at it.";
    default:
      return "No case is met, so nothing is proposed.";
  }
}

/** How a case's name reads: "low_stock" is "Low stock". */
export function caseTitle(name: string): string {
  const words = name.replace(/[._]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Turns a trace into what a person asks: which case decided, why the earlier ones did not. */
export function explain(explanation: Explanation): Explained {
  const decided = explanation.outcome === "decided";
  const at = decided ? explanation.cases.findIndex((c) => c.case === explanation.case) : -1;
  const lines = explanation.cases.map((c, i) => caseLine(c, decided ? explanation.case : "", at >= 0 && i > at));
  const unknowns = unknownsOf(explanation, lines);
  return {
    policy: explanation.policy,
    title: explanation.title,
    headline: headline(explanation, lines, unknowns),
    outcome: explanation.outcome,
    decided,
    lines,
    unknowns,
  };
}

const order = ["decided", "cant_tell", "continue", "out_of_scope"];

/** Policies that decided something first, then those that cannot tell, then the rest. */
export function explainAll(explanations: Explanation[]): Explained[] {
  const rank = (e: Explained) => order.indexOf(e.outcome);
  return explanations.map(explain).sort((a, b) => rank(a) - rank(b));
}
