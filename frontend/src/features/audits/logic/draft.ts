import type { Answer, Cause, Item, Judgement, Question, Verdict } from "../api/types";

/** What a person has said about an item so far. Nothing in it comes by itself. */
export type Draft = {
  /** Answers by question, in the order they were given. */
  answers: readonly { question: string; answer: Answer }[];
  /** The verdict whose form is open. */
  form: "wrong" | "critical" | null;
  cause: Cause | "";
  note: string;
  /** Set to judge an item again that has a verdict. */
  again: boolean;
};

export const emptyDraft: Draft = { answers: [], form: null, cause: "", note: "", again: false };

export function answerOf(draft: Draft, question: string): Answer | "" {
  return draft.answers.find((one) => one.question === question)?.answer ?? "";
}

/** The draft with a question answered; an answer that is corrected is the last one again. */
export function answered(draft: Draft, question: string, answer: Answer): Draft {
  const others = draft.answers.filter((one) => one.question !== question);
  return { ...draft, answers: [...others, { question, answer }] };
}

/** The draft without its last answer, and the question it was to; null where there is none. */
export function withoutLast(draft: Draft): { draft: Draft; question: string } | null {
  const last = draft.answers.at(-1);
  if (!last) return null;
  return { draft: { ...draft, answers: draft.answers.slice(0, -1), form: null }, question: last.question };
}

/** Questions that are asked and have no answer yet. */
export function openQuestions(questions: readonly Question[], draft: Draft): Question[] {
  return questions.filter((one) => one.asked && answerOf(draft, one.name) === "");
}

/** The open question that comes next after one; the first open one where none is after it. */
export function nextOpen(questions: readonly Question[], draft: Draft, after: string): string {
  const open = new Set(openQuestions(questions, draft).map((one) => one.name));
  const from = questions.findIndex((one) => one.name === after);
  const later = questions.slice(from + 1).find((one) => open.has(one.name));
  return (later ?? questions.find((one) => open.has(one.name)))?.name ?? "";
}

/** Whether a No was given to a question about something that makes the item critical. */
export function pointsToCritical(questions: readonly Question[], draft: Draft): boolean {
  return questions.some((one) => one.critical && answerOf(draft, one.name) === "no");
}

/** Why a verdict cannot be given now, in words; "" if it can. */
export function refusal(questions: readonly Question[], draft: Draft, verdict: Verdict): string {
  const open = openQuestions(questions, draft).length;
  if (open > 0) return open === 1 ? "One question has no answer yet." : `${open} questions have no answer yet.`;
  if (verdict === "wrong" && pointsToCritical(questions, draft)) return "A No to one of these questions is critical.";
  const no = draft.answers.some((one) => one.answer === "no");
  return verdict === "right" && no ? "An answer is No, so it was not right." : "";
}

/** Why the form of a verdict cannot be sent now, in words; "" if it can. */
export function formRefusal(draft: Draft): string {
  if (draft.form === "critical" && draft.cause === "") return "Choose what was wrong, 1 to 5.";
  return draft.note.trim() === "" ? "Write what was wrong." : "";
}

/** Whether an item is to be judged now, and not only shown with its verdict. */
export function isJudged(item: Pick<Item, "review" | "look_again">, draft: Draft): boolean {
  return item.review !== null && !item.look_again && !draft.again;
}

export function judgementOf(item: Pick<Item, "month" | "id">, draft: Draft, verdict: Verdict): Judgement {
  return {
    month: item.month,
    id: item.id,
    answers: draft.answers.map((one) => ({ ...one })),
    verdict,
    cause: verdict === "critical" ? draft.cause : "",
    note: verdict === "right" ? "" : draft.note.trim(),
  };
}

/** What makes an item critical, in the order of their keys. */
export const causes: readonly { value: Cause; title: string }[] = [
  { value: "entity", title: "It changed the wrong thing" },
  { value: "amount", title: "The amount was wrong" },
  { value: "cap", title: "It broke a limit" },
  { value: "unapproved", title: "Nobody agreed to it" },
  { value: "unlogged", title: "It is not in the audit" },
];
