import { IconCircleCheck, IconCircleDashed, IconCircleX, IconHelpCircle, type TablerIcon } from "@tabler/icons-react";
import type { Result } from "../../api/studio-types";
import classes from "./conditions.module.css";

const marks: Record<Result, { icon: TablerIcon; word: string }> = {
  true: { icon: IconCircleCheck, word: "pass" },
  false: { icon: IconCircleX, word: "fail" },
  unknown: { icon: IconHelpCircle, word: "unknown" },
  not_needed: { icon: IconCircleDashed, word: "not needed" },
};

/** How a condition stands for the example subject: shape, word and colour. */
export function Dot({ result, near = false }: { result: Result | undefined; near?: boolean }) {
  if (!result) return <span className={classes.dot} aria-hidden="true" />;
  const { icon: Icon, word } = marks[result];
  return (
    <span className={classes.dot} data-result={result}>
      <Icon size={15} stroke={1.8} aria-hidden="true" />
      <span>{near ? "nearly" : word}</span>
    </span>
  );
}
