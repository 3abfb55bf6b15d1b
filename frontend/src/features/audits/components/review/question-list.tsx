import { Button } from "@mantine/core";
import { useId } from "react";
import { Kbd } from "@/ui/kbd/kbd";
import type { Answer, Question } from "../../api/types";
import { answerOf, type Draft } from "../../logic/draft";
import { Mark } from "../mark/mark";
import classes from "./questions.module.css";

const answers: readonly { value: Answer; title: string; key: string }[] = [
  { value: "yes", title: "Yes", key: "y" },
  { value: "no", title: "No", key: "n" },
  { value: "unsure", title: "Not sure", key: "u" },
];

export const answerWords: Record<Answer, string> = { yes: "Yes", no: "No", unsure: "Not sure" };

type Props = {
  questions: readonly Question[];
  draft: Draft;
  /** The question that the keys answer. */
  current: string;
  hold: (name: string, element: HTMLElement | null) => void;
  onCurrent: (name: string) => void;
  onAnswer: (name: string, answer: Answer) => void;
};

/** The questions about an item. Which way the evidence points is said beside each; the answer is the person's. */
export function QuestionList({ questions, draft, current, hold, onCurrent, onAnswer }: Props) {
  return (
    <ol className={classes.questions} aria-label="Questions">
      {questions.map((question, index) => (
        <li key={question.name}>
          <Asked
            question={question}
            number={index + 1}
            answer={answerOf(draft, question.name)}
            current={question.name === current}
            hold={hold}
            onCurrent={onCurrent}
            onAnswer={onAnswer}
          />
        </li>
      ))}
    </ol>
  );
}

type AskedProps = Pick<Props, "hold" | "onCurrent" | "onAnswer"> & {
  question: Question;
  number: number;
  answer: Answer | "";
  current: boolean;
};

function Asked({ question, number, answer, current, hold, onCurrent, onAnswer }: AskedProps) {
  const id = useId();
  const { name, text, help, asked, not_yet } = question;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid with its legend in it.
    <div
      ref={(element) => hold(name, element)}
      role="group"
      aria-labelledby={`${id}text`}
      aria-describedby={`${id}more`}
      className={classes.question}
      data-current={current}
      data-asked={asked}
      data-answer={answer}
      tabIndex={-1}
      onFocus={() => asked && onCurrent(name)}
    >
      <span className={classes.number} aria-hidden="true">
        {number}
      </span>
      <div className={classes.body}>
        <p className={classes.text} id={`${id}text`}>
          <span className="visually-hidden">{number}: </span>
          {text}
          {question.critical && <small> No makes it critical</small>}
        </p>
        <div id={`${id}more`} className={classes.more}>
          {help !== "" && current && <p>{help}</p>}
          <EvidenceLine question={question} />
          {!asked && <p>{not_yet}</p>}
        </div>
        {asked && (
          <div className={classes.answers}>
            {answers.map(({ value, title, key }) => (
              <Button
                key={value}
                variant="default"
                size={current ? "xs" : "compact-xs"}
                aria-pressed={answer === value}
                data-value={value}
                className={classes.answer}
                rightSection={current ? <Kbd keys={key} /> : undefined}
                onClick={() => onAnswer(name, value)}
              >
                {title}
              </Button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

const pointing = {
  yes: { mark: "✓", tone: "good", word: "Points to yes" },
  no: { mark: "✗", tone: "warning", word: "Points to no" },
} as const;

function EvidenceLine({ question: { evidence, points } }: { question: Question }) {
  if (evidence === "") return null;
  return (
    <p className={classes.evidence}>
      {points !== "" && (
        <>
          <Mark look={pointing[points]} word={pointing[points].word} />:{" "}
        </>
      )}
      {evidence}
    </p>
  );
}
