/** How a node stands: it holds, fails, is not known, was not looked at, or only has a value. */
export type FlowTone = "pass" | "fail" | "unknown" | "skipped" | "plain";

export type FlowNode = {
  id: string;
  /** What it is, said before its title: "fact", "condition". */
  kind: string;
  title: string;
  note: string;
  tone: FlowTone;
};

export type FlowEdge = { from: string; to: string };

export const toneMarks: Record<FlowTone, string> = { pass: "✓", fail: "✗", unknown: "?", skipped: "–", plain: "" };

export const toneWords: Record<FlowTone, string> = {
  pass: "holds",
  fail: "does not hold",
  unknown: "not known",
  skipped: "not looked at",
  plain: "",
};
