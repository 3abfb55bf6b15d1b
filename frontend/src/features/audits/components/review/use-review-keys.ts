import { type RefObject, useMemo } from "react";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import type { Item } from "../../api/types";
import { causes } from "../../logic/draft";
import type { ReviewControl } from "./use-review";

type Options = {
  item: Item;
  review: ReviewControl;
  /** Whether what follows from a verdict is shown. */
  after: boolean;
  scroller: RefObject<HTMLElement | null>;
  onItem: (id: number) => void;
  onBack: () => void;
  onGoOn: () => void;
};

const group = "Review";

/** The whole review by keyboard: answers, questions, verdicts, items. */
export function useReviewKeys({ item, review, after, scroller, onItem, onBack, onGoOn }: Options): void {
  useCommands(
    useMemo<Command[]>(() => {
      const { draft, current, judged } = review;
      const asking = () => !after && !judged && draft.form === null;
      const answer = (key: string, label: string, value: "yes" | "no" | "unsure"): Command => ({
        id: `audits.answer.${value}`,
        label: `Answer: ${label}`,
        group,
        keys: [key],
        keyOnly: true,
        when: () => asking() && current !== "",
        run: () => review.answer(current, value),
      });
      const verdict = (key: string, label: string, value: "right" | "wrong" | "critical"): Command => ({
        id: `audits.verdict.${value}`,
        label,
        group,
        keys: [key],
        when: asking,
        run: () => review.give(value),
      });
      const scroll = (key: string, by: number): Command => ({
        id: `audits.scroll.${key}`,
        label: by < 0 ? "What was decided: up" : "What was decided: down",
        group,
        keys: [key],
        keyOnly: true,
        run: () => scroller.current?.scrollBy({ top: by * scroller.current.clientHeight * 0.85 }),
      });
      return [
        answer("y", "yes", "yes"),
        answer("n", "no", "no"),
        answer("u", "not sure", "unsure"),
        verdict("r", "Verdict: right", "right"),
        verdict("w", "Verdict: wrong", "wrong"),
        verdict("c", "Verdict: critical", "critical"),
        ...numbers(item, review, after),
        {
          id: "audits.correct",
          label: "Correct the last answer",
          group,
          keys: ["backspace", "z", "mod+z"],
          when: () => !after && !judged,
          run: review.correct,
        },
        {
          id: "audits.give",
          label: "Give the verdict",
          group,
          keys: ["mod+enter"],
          when: () => !after && draft.form !== null,
          run: review.sendForm,
        },
        {
          id: "audits.again",
          label: "Judge it again",
          group,
          keys: ["a"],
          when: () => !after && judged,
          run: review.again,
        },
        {
          id: "audits.next",
          label: "Next item",
          group,
          keys: ["j", "arrowdown"],
          when: () => after || item.next > 0,
          run: () => (after ? onGoOn() : onItem(item.next)),
        },
        {
          id: "audits.previous",
          label: "Previous item",
          group,
          keys: ["k", "arrowup"],
          when: () => item.previous > 0,
          run: () => onItem(item.previous),
        },
        {
          id: "audits.back",
          label: "Back to the list",
          group,
          keys: ["escape"],
          run: () => (draft.form === null || after ? onBack() : review.edit({ form: null })),
        },
        scroll("pagedown", 1),
        scroll("pageup", -1),
      ];
    }, [item, review, after, scroller, onItem, onBack, onGoOn]),
  );
}

/** Numbers jump to a question; in the form of a critical fault they choose what makes it so. */
function numbers(item: Item, review: ReviewControl, after: boolean): Command[] {
  const { draft, judged } = review;
  const questions = item.questions.map(
    (question, index): Command => ({
      id: `audits.question.${index + 1}`,
      label: `Question ${index + 1}: ${question.text}`,
      group,
      keys: [String(index + 1)],
      keyOnly: true,
      when: () => !after && !judged && draft.form === null && question.asked,
      run: () => review.jump(question.name),
    }),
  );
  const kinds = causes.map(
    ({ value, title }, index): Command => ({
      id: `audits.cause.${index + 1}`,
      label: title,
      group,
      keys: [String(index + 1)],
      keyOnly: true,
      when: () => !after && draft.form === "critical",
      run: () => review.edit({ cause: value }),
    }),
  );
  return [...questions, ...kinds];
}
