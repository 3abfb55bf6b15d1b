import { useCallback, useEffect, useRef, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { useJudge } from "../../api/mutations";
import type { Answer, Item, Judged, Verdict } from "../../api/types";
import {
  answered,
  type Draft,
  emptyDraft,
  formRefusal,
  isJudged,
  judgementOf,
  nextOpen,
  refusal,
  withoutLast,
} from "../../logic/draft";

/** Drafts of a review by item, kept while the page is open, so that going to and fro loses nothing. */
export type Drafts = Map<number, Draft>;

type Options = { item: Item; drafts: Drafts; onJudged: (judged: Judged) => void };

/** Judging one item: the answers so far, the question that keys answer, and the verdict. */
export function useReview({ item, drafts, onJudged }: Options) {
  const announce = useAnnounce();
  const judge = useJudge();
  const [draft, setDraft] = useState(() => drafts.get(item.id) ?? emptyDraft);
  const [current, setCurrent] = useState(() => nextOpen(item.questions, draft, ""));
  const places = useRef(new Map<string, HTMLElement>());
  const verdicts = useRef<HTMLDivElement>(null);
  const judged = isJudged(item, draft);
  const { questions } = item;

  const focusOn = useCallback((name: string, into = true) => {
    const place = name === "" ? verdicts.current : places.current.get(name);
    place?.focus({ preventScroll: true });
    if (into) place?.scrollIntoView({ block: "nearest" });
  }, []);
  const change = useCallback(
    (next: Draft, question: string) => {
      drafts.set(item.id, next);
      setDraft(next);
      setCurrent(question);
      focusOn(question);
    },
    [drafts, item.id, focusOn],
  );
  // Where answers are wanted the first open question has the focus, never an answer. On a narrow window that does
  // not scroll: what was decided is read first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the questions come up.
  useEffect(() => {
    if (!judged) focusOn(current, false);
  }, [judged, focusOn]);

  const answer = useCallback(
    (name: string, value: Answer) => {
      const next = answered(draft, name, value);
      change(next, nextOpen(questions, next, name));
    },
    [draft, questions, change],
  );
  const send = useCallback(
    (verdict: Verdict) => {
      if (judge.isPending) return;
      judge.mutate(judgementOf(item, draft, verdict), {
        onSuccess: (result) => {
          drafts.delete(item.id);
          onJudged(result);
        },
      });
    },
    [judge, item, draft, drafts, onJudged],
  );
  const edit = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...draft, ...part };
      drafts.set(item.id, next);
      setDraft(next);
      if (part.form === null) focusOn("");
    },
    [draft, drafts, item.id, focusOn],
  );
  const give = useCallback(
    (verdict: Verdict) => {
      const no = refusal(questions, draft, verdict);
      if (no !== "") announce(no);
      else if (verdict === "right") send("right");
      else edit({ form: verdict });
    },
    [questions, draft, announce, send, edit],
  );
  const sendForm = useCallback(() => {
    if (draft.form === null) return;
    const no = formRefusal(draft);
    if (no === "") send(draft.form);
    else announce(no);
  }, [draft, send, announce]);
  const correct = useCallback(() => {
    const back = withoutLast(draft);
    if (back) change(back.draft, back.question);
    announce(back ? "The last answer is taken back." : "Nothing is answered yet.");
  }, [draft, change, announce]);
  const again = useCallback(() => {
    change({ ...emptyDraft, again: true }, nextOpen(questions, emptyDraft, ""));
  }, [change, questions]);
  const jump = useCallback(
    (name: string) => {
      setCurrent(name);
      focusOn(name);
    },
    [focusOn],
  );
  const hold = useCallback((name: string, element: HTMLElement | null) => {
    if (element) places.current.set(name, element);
    else places.current.delete(name);
  }, []);
  return {
    draft,
    current,
    judged,
    busy: judge.isPending,
    error: judge.error,
    verdicts,
    hold,
    setCurrent,
    answer,
    give,
    edit,
    sendForm,
    correct,
    again,
    jump,
  };
}

export type ReviewControl = ReturnType<typeof useReview>;
