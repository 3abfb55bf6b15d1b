import { Button } from "@mantine/core";
import { useRef } from "react";
import { toCallError } from "@/lib/call";
import { Kbd } from "@/ui/kbd/kbd";
import { Page } from "@/ui/page/page";
import { RefreshingBar } from "@/ui/state-card/loading-rows";
import type { Item, Judged } from "../../api/types";
import { CaseFile } from "./case-file";
import { Consequences } from "./consequences";
import { EarlierVerdicts, GivenVerdict } from "./given-verdict";
import { ProgressLine } from "./progress-line";
import { QuestionList } from "./question-list";
import classes from "./review.module.css";
import { type Drafts, type ReviewControl, useReview } from "./use-review";
import { useReviewKeys } from "./use-review-keys";
import { VerdictBar } from "./verdict-bar";
import { VerdictForm } from "./verdict-form";

type Props = {
  item: Item;
  /** Items of the month with a verdict, and all of them. */
  looked: number;
  of: number;
  timings: readonly number[];
  drafts: Drafts;
  refreshing: boolean;
  /** What the verdict on this item led to, until the next item is wanted. */
  after: Judged | null;
  onJudged: (judged: Judged) => void;
  onGoOn: () => void;
  onItem: (id: number) => void;
  onBack: () => void;
};

/** One item over the whole page: what was decided on the left, the questions about it on the right. */
export function ReviewItem(props: Props) {
  const { item, looked, of, timings, drafts, refreshing, after, onJudged, onGoOn, onItem, onBack } = props;
  const review = useReview({ item, drafts, onJudged });
  const scroller = useRef<HTMLElement>(null);
  useReviewKeys({ item, review, after: after !== null, scroller, onItem, onBack, onGoOn });
  return (
    <Page
      title={item.title}
      lead={<ProgressLine looked={looked} of={of} timings={timings} />}
      actions={
        <span className={classes.ways}>
          <Button variant="default" rightSection={<Kbd keys="escape" />} onClick={onBack}>
            Back to the list
          </Button>
          <Button
            variant="default"
            disabled={item.previous === 0}
            rightSection={<Kbd keys="k" />}
            onClick={() => onItem(item.previous)}
          >
            Previous
          </Button>
          <Button
            variant="default"
            disabled={item.next === 0}
            rightSection={<Kbd keys="j" />}
            onClick={() => onItem(item.next)}
          >
            Next
          </Button>
        </span>
      }
    >
      <RefreshingBar active={refreshing} />
      <div className={classes.room}>
        <CaseFile item={item} scroller={scroller} />
        <section className={classes.judging} aria-label="Your judgement" data-region="" tabIndex={-1}>
          {after ? <Consequences judged={after} onGoOn={onGoOn} /> : <Judging item={item} review={review} />}
        </section>
      </div>
    </Page>
  );
}

function Judging({ item, review }: { item: Item; review: ReviewControl }) {
  const { draft } = review;
  if (review.judged) {
    return (
      <div className={classes.scroll}>
        <GivenVerdict item={item} onAgain={review.again} />
        <EarlierVerdicts reviews={item.history.filter(({ id }) => id !== item.review?.id)} questions={item.questions} />
      </div>
    );
  }
  return (
    <>
      <div className={classes.scroll}>
        <QuestionList
          questions={item.questions}
          draft={draft}
          current={review.current}
          hold={review.hold}
          onCurrent={review.setCurrent}
          onAnswer={review.answer}
        />
        <EarlierVerdicts reviews={item.history} questions={item.questions} />
      </div>
      <div className={classes.foot}>
        {review.error !== null && <Refused error={review.error} />}
        {draft.form === null ? (
          <VerdictBar
            questions={item.questions}
            draft={draft}
            busy={review.busy}
            hold={review.verdicts}
            onVerdict={review.give}
          />
        ) : (
          <VerdictForm draft={draft} busy={review.busy} onChange={review.edit} onSend={review.sendForm} />
        )}
      </div>
    </>
  );
}

function Refused({ error }: { error: unknown }) {
  const { message, hint } = toCallError(error);
  return (
    <p className={classes.refused} role="alert">
      The verdict was not kept. {message} {hint}
    </p>
  );
}
