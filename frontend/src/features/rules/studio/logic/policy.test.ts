import { expect, it } from "vitest";
import type { PolicyModel } from "../../api/studio-types";
import { merged, newCase } from "./policy";

const empty = { text: "", tree: null };

function policy(change: Partial<PolicyModel>, checklist: string[] = []): PolicyModel {
  return {
    name: "mine",
    title: "",
    version: 1,
    subject: "sku",
    topic: "",
    off: false,
    stage: "",
    priority: 0,
    description: "",
    source: "",
    date: "",
    scope: empty,
    accepts: [],
    accepts_stale: [],
    min_age: 0,
    unknown: "",
    thresholds: [],
    clauses: [],
    cases: [{ ...newCase([], false), checklist }],
    otherwise: "",
    ...change,
  };
}

it("keeps the space behind a word while the next one is still to be typed", () => {
  expect(merged(policy({ title: "Runs out " }), policy({ title: "Runs out" })).title).toBe("Runs out ");
});

it("takes what Go made of a text otherwise", () => {
  const answer = policy({ title: "Runs out", date: "2026-11-26" });
  expect(merged(policy({ title: "Sells out", date: "2026-11-2" }), answer)).toMatchObject({
    title: "Runs out",
    date: "2026-11-26",
  });
});

it("keeps a line of a checklist that is begun, and takes one that is gone", () => {
  const steps = (mine: string[], answer: string[]) => merged(policy({}, mine), policy({}, answer)).cases[0]?.checklist;
  expect(steps(["Look", ""], ["Look"])).toEqual(["Look", ""]);
  expect(steps(["Look", "Act"], ["Look"])).toEqual(["Look"]);
});

it("takes a case that Go found in the text", () => {
  const more = { ...newCase(["case_1"], false), title: "Another" };
  const answer = policy({});
  expect(merged(policy({}), { ...answer, cases: [...answer.cases, more] }).cases.map(({ title }) => title)).toEqual([
    "",
    "Another",
  ]);
});
