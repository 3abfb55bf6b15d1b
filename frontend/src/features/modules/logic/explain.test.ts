import { describe, expect, test } from "vitest";
import { explainedCase, explanation, why } from "../testdata/facts";
import { caseTitle, explain, explainAll } from "./explain";

const decline = explainedCase({
  case: "listing_review",
  result: "false",
  why: [
    why({ clause: "sales decline", text: "Sales change −3 % is not below −20 %", result: "false" }),
    why({ text: "−3 %", depth: 1, result: "false" }),
    why({ clause: "ads are dear", text: "ACoS 31 % is above 25 %", result: "true" }),
  ],
});
const low = explainedCase({ case: "low_stock" });
const rest = explainedCase({ case: "continue", result: "not_needed", why: [] });

describe("explain", () => {
  test("says which case decided and why the earlier ones did not", () => {
    const got = explain(explanation({ case: "low_stock", cases: [decline, low, rest] }));
    expect(got.headline).toBe('"Low stock" decides after one case was passed over.');
    expect(got.lines.map((l) => l.verdict)).toEqual(["not_met", "decided", "not_reached"]);
    expect(got.lines[0]?.reasons.map((w) => w.text)).toEqual(["Sales change −3 % is not below −20 %"]);
    expect(got.lines[1]?.reasons.map((w) => w.text)).toEqual(["Cover 19.0 days is below 35"]);
  });

  test("a case after the deciding one is not reached, even when its condition would hold", () => {
    const got = explain(explanation({ case: "low_stock", cases: [low, explainedCase({ case: "also" })] }));
    expect(got.lines[1]).toMatchObject({ verdict: "not_reached", reasons: [] });
  });

  test("unknown is not the same as not met, and is named", () => {
    const unknown = explainedCase({
      case: "listing_review",
      result: "unknown",
      why: [why({ text: "Negative share of reviews", note: "reviews missing", result: "unknown" })],
    });
    const got = explain(explanation({ outcome: "cant_tell", case: "", cases: [unknown] }));
    expect(got.headline).toBe("Can't tell: reviews missing.");
    expect(got.lines[0]?.verdict).toBe("unknown");
    expect(got.unknowns).toEqual(["reviews missing"]);
  });

  test("what the policy itself passed over wins over the lines", () => {
    const got = explain(
      explanation({ case: "low_stock", cases: [low], passed_over: ["reviews missing", "reviews missing"] }),
    );
    expect(got.unknowns).toEqual(["reviews missing"]);
  });

  test("no case met", () => {
    expect(explain(explanation({ outcome: "continue", case: "", cases: [decline] })).headline).toBe(
      "No case is met, so nothing is proposed.",
    );
  });
});

test("a needed case that is unknown stops the policy and is not called its decision", () => {
  const needed = explainedCase({ case: "low_stock", result: "unknown", why: [why({ result: "unknown" })] });
  const got = explain(explanation({ outcome: "cant_tell", case: "low_stock", cases: [needed] }));
  expect(got.decided).toBe(false);
  expect(got.lines[0]?.verdict).toBe("unknown");
});

test("a case that another policy silenced says so", () => {
  const silenced = explainedCase({ case: "ads", result: "not_needed", why: [], note: "silenced: restock decided" });
  const got = explain(explanation({ case: "low_stock", cases: [silenced, low] }));
  expect(got.lines[0]).toMatchObject({ verdict: "not_reached", note: "silenced: restock decided" });
});

test("explainAll puts decisions first, then what cannot be told", () => {
  const got = explainAll([
    explanation({ policy: "quiet", outcome: "continue", case: "", cases: [decline] }),
    explanation({ policy: "dark", outcome: "cant_tell", case: "", cases: [decline], passed_over: ["ads missing"] }),
    explanation({ policy: "loud", case: "low_stock", cases: [low] }),
  ]);
  expect(got.map((e) => e.policy)).toEqual(["loud", "dark", "quiet"]);
});

test("case names read as words", () => {
  expect(caseTitle("low_stock")).toBe("Low stock");
  expect(caseTitle("")).toBe("");
});
