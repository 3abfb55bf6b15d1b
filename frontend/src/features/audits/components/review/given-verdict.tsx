import { Button } from "@mantine/core";
import { Day } from "@/ui/day/day";
import { Kbd } from "@/ui/kbd/kbd";
import type { Item, Question, Review } from "../../api/types";
import { verdictLooks } from "../../logic/looks";
import { Mark } from "../mark/mark";
import { answerWords } from "./question-list";
import classes from "./questions.module.css";

/** An item that has its verdict: what was said, and the way to another one. */
export function GivenVerdict({ item, onAgain }: { item: Item; onAgain: () => void }) {
  if (!item.review) return null;
  return (
    <div className={classes.given}>
      <Verdict review={item.review} questions={item.questions} />
      <Button variant="default" rightSection={<Kbd keys="a" />} onClick={onAgain}>
        Judge it again
      </Button>
      <p className={classes.hint}>Both verdicts stay in the audit; the newer one counts.</p>
    </div>
  );
}

/** Verdicts that were given before, newest first. */
export function EarlierVerdicts({
  reviews,
  questions,
}: {
  reviews: readonly Review[];
  questions: readonly Question[];
}) {
  if (reviews.length === 0) return null;
  return (
    <details className={classes.earlier}>
      <summary>{reviews.length === 1 ? "An earlier verdict" : `${reviews.length} earlier verdicts`}</summary>
      {reviews.map((review) => (
        <Verdict key={review.id} review={review} questions={questions} />
      ))}
    </details>
  );
}

function Verdict({ review, questions }: { review: Review; questions: readonly Question[] }) {
  return (
    <div className={classes.review}>
      <p className={classes.reviewHead}>
        <Mark look={verdictLooks[review.verdict]} word={review.verdict_text} />
        <Day value={review.at} />
      </p>
      {review.note !== "" && <p>{review.note}</p>}
      <ul className={classes.said}>
        {review.answers.map(({ question, answer }) => (
          <li key={question}>
            <span>{questions.find(({ name }) => name === question)?.text ?? question}</span>
            <span>{answerWords[answer as keyof typeof answerWords] ?? answer}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
