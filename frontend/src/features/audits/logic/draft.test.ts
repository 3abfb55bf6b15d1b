import { describe, expect, it } from "vitest";
import { fakeQuestions } from "../testdata/review";
import {
  answered,
  type Draft,
  emptyDraft,
  formRefusal,
  isJudged,
  judgementOf,
  nextOpen,
  openQuestions,
  refusal,
  withoutLast,
} from "./draft";

const say = (...answers: [string, "yes" | "no" | "unsure"][]): Draft =>
  answers.reduce((draft, [question, answer]) => answered(draft, question, answer), emptyDraft);

const allYes = say(["entity", "yes"], ["data", "yes"], ["rule", "yes"]);

describe("answers", () => {
  it("leaves out what cannot be asked yet", () => {
    expect(openQuestions(fakeQuestions, emptyDraft).map(({ name }) => name)).toEqual(["entity", "data", "rule"]);
  });

  it("goes on to the next open question and comes back to those that were skipped", () => {
    expect(nextOpen(fakeQuestions, emptyDraft, "")).toBe("entity");
    expect(nextOpen(fakeQuestions, say(["data", "no"]), "data")).toBe("rule");
    expect(nextOpen(fakeQuestions, say(["data", "no"], ["rule", "yes"]), "rule")).toBe("entity");
    expect(nextOpen(fakeQuestions, allYes, "rule")).toBe("");
  });

  it("takes back the last answer, which may be a corrected one", () => {
    const draft = answered(say(["entity", "yes"], ["data", "yes"]), "entity", "no");
    const back = withoutLast({ ...draft, form: "wrong" });
    expect(back?.question).toBe("entity");
    expect(back?.draft).toMatchObject({ answers: [{ question: "data", answer: "yes" }], form: null });
    expect(withoutLast(emptyDraft)).toBeNull();
  });
});

describe("verdicts", () => {
  it("asks for every answer first", () => {
    expect(refusal(fakeQuestions, say(["entity", "yes"]), "right")).toBe("2 questions have no answer yet.");
    expect(refusal(fakeQuestions, say(["entity", "yes"], ["data", "yes"]), "critical")).toBe(
      "One question has no answer yet.",
    );
  });

  it("is not right against a No, and not merely wrong against a critical one", () => {
    const plainNo = say(["entity", "yes"], ["data", "no"], ["rule", "unsure"]);
    expect(refusal(fakeQuestions, plainNo, "right")).toMatch(/so it was not right/);
    expect(refusal(fakeQuestions, plainNo, "wrong")).toBe("");
    const criticalNo = say(["entity", "no"], ["data", "yes"], ["rule", "yes"]);
    expect(refusal(fakeQuestions, criticalNo, "wrong")).toMatch(/is critical/);
    expect(refusal(fakeQuestions, criticalNo, "critical")).toBe("");
    expect(refusal(fakeQuestions, allYes, "right")).toBe("");
  });

  it("needs words for a fault, and a kind for a critical one", () => {
    expect(formRefusal({ ...emptyDraft, form: "wrong", note: "  " })).not.toBe("");
    expect(formRefusal({ ...emptyDraft, form: "wrong", note: "too many" })).toBe("");
    expect(formRefusal({ ...emptyDraft, form: "critical", note: "too many" })).toMatch(/1 to 5/);
    expect(formRefusal({ ...emptyDraft, form: "critical", cause: "cap", note: "too many" })).toBe("");
  });

  it("sends neither note nor cause with a right one", () => {
    const draft: Draft = { ...allYes, cause: "cap", note: "left over" };
    expect(judgementOf({ month: "2026-11", id: 7 }, draft, "right")).toMatchObject({ cause: "", note: "" });
    expect(judgementOf({ month: "2026-11", id: 7 }, draft, "critical")).toMatchObject({
      cause: "cap",
      note: "left over",
      answers: allYes.answers,
    });
  });

  it("asks again only where that is wanted", () => {
    const review = {
      id: 1,
      at: "",
      verdict: "right",
      verdict_text: "Right",
      cause: "",
      note: "",
      answers: [],
    } as const;
    const given = { review: { ...review, answers: [] }, look_again: false };
    expect(isJudged(given, emptyDraft)).toBe(true);
    expect(isJudged({ ...given, look_again: true }, emptyDraft)).toBe(false);
    expect(isJudged(given, { ...emptyDraft, again: true })).toBe(false);
    expect(isJudged({ review: null, look_again: false }, emptyDraft)).toBe(false);
  });
});
