import { describe, expect, it } from "vitest";
import { graphOf } from "./graph";
import { traceOf } from "./steps";
import { explanation } from "./testdata/explanation";

const titles = (rest = {}) => traceOf(explanation(rest)).steps.map((step) => `${step.result} ${step.title}`);

describe("the steps of a trace", () => {
  it("go from the figures over the cases to the outcome", () => {
    expect(titles()).toEqual([
      "unknown Read 6 figures of SKU-104 Steel flask",
      "unknown Case Reviews bad: cannot tell",
      "unknown Reviews are bad",
      "true Case Low: decides",
      "true Cover 19.0 days is below 28 + 7",
      "true Stock or sales are certain",
      "false Sales are settled",
      "true On hand 212 is above 10",
      "not_needed Case Overstock: not reached",
      "true Decided",
    ]);
  });

  it("tell what waits and what holds back, and that it is not done then", () => {
    const held = titles({
      waiting: ["low holds for 1 of 2 days"],
      held_by: [{ policy: "gate", title: "No growth", why: "cash is short" }],
    });
    expect(held.slice(-3)).toEqual([
      "false Waits: low holds for 1 of 2 days",
      "false Held back by No growth",
      "false Decided, but held back",
    ]);
  });

  it("say of a subject that was taken out why", () => {
    const { steps } = traceOf(explanation({ outcome: "excepted", case: "", summary: "you took it out" }));
    expect(steps.find((step) => step.kind === "exception")?.note).toBe("you took it out");
  });
});

describe("the graph of a case", () => {
  it("leads from figures over conditions and clauses to the outcome", () => {
    const { nodes, edges } = graphOf(traceOf(explanation()), "case:low");
    const to = (id: string) => edges.filter((edge) => edge.to === id).map((edge) => edge.from);
    expect(to("outcome")).toEqual(["case:low"]);
    expect(to("case:low")).toEqual(["case:low/0", "case:low/5"]);
    expect(to("case:low/0")).toEqual([
      "fact:inventory.cover_days",
      "fact:inventory.lead_time_days",
      "fact:threshold.safety_days",
    ]);
    expect(to("case:low/5")).toEqual(["case:low/6", "case:low/7"]);
    expect(nodes.find((node) => node.id === "fact:inventory.cover_days")?.note).toBe("19.0 days");
    expect(nodes.map((node) => node.id)).not.toContain("fact:reviews.negative_share");
    expect(new Set(nodes.map((node) => node.id)).size).toBe(nodes.length);
  });

  it("puts guards between the case and the outcome", () => {
    const held = [{ policy: "gate", title: "No growth", why: "cash is short" }];
    const { edges } = graphOf(traceOf(explanation({ held_by: held })), "case:low");
    expect(edges).toContainEqual({ from: "case:low", to: "guard:gate" });
    expect(edges).toContainEqual({ from: "guard:gate", to: "outcome" });
    expect(edges).not.toContainEqual({ from: "case:low", to: "outcome" });
  });

  it("shows a figure that is not known as such", () => {
    const { nodes } = graphOf(traceOf(explanation()), "case:reviews_bad");
    const missing = nodes.find((node) => node.id === "fact:reviews.negative_share");
    expect(missing).toMatchObject({ tone: "unknown", note: "reviews missing" });
  });
});
