import { Day } from "@/ui/day/day";
import { MaturityMark } from "@/ui/freshness-chip/freshness-chip";
import type { Input } from "../../api/types";
import classes from "./review.module.css";

type Numbered = Input & { key: string };

const marks: Record<Input["result"], { mark: string; word: string }> = {
  true: { mark: "✓", word: "true" },
  false: { mark: "✗", word: "false" },
  unknown: { mark: "?", word: "not known" },
  not_needed: { mark: "–", word: "not needed" },
};

/** What the rule rested on, as it was: each line with its value, where it came from and how mature it was. */
export function InputList({ inputs }: { inputs: readonly Input[] }) {
  const lines: Numbered[] = inputs.map((line, index) => ({ ...line, key: String(index) }));
  const cases = [...new Set(lines.map((line) => line.case))];
  return cases.map((name) => (
    <div key={name}>
      {cases.length > 1 && name !== "" && <h3 className={classes.case}>Case {name}</h3>}
      <CaseLines lines={lines.filter((line) => line.case === name)} />
    </div>
  ));
}

/** What decided, and folded below it what did not need to be looked at. */
function CaseLines({ lines }: { lines: readonly Numbered[] }) {
  const needed = lines.filter((line) => line.result !== "not_needed");
  const rest = lines.filter((line) => line.result === "not_needed");
  return (
    <>
      <ul className={classes.inputs}>
        {needed.map((line) => (
          <InputLine key={line.key} line={line} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details className={classes.folded}>
          <summary>{rest.length === 1 ? "1 line" : `${rest.length} lines`} that did not matter any more</summary>
          <ul className={classes.inputs}>
            {rest.map((line) => (
              <InputLine key={line.key} line={line} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function InputLine({ line }: { line: Input }) {
  const value = line.value === "true" || line.value === "false" || line.text.includes(line.value) ? "" : line.value;
  const { mark, word } = marks[line.result];
  const origin = [line.source, line.note].filter((part) => part !== "").join(". ");
  return (
    <li className={classes.input} data-result={line.result} data-depth={Math.min(line.depth, 3)}>
      <span className={classes.inputMark}>
        <span aria-hidden="true">{mark}</span>
        <span className="visually-hidden">{word}: </span>
      </span>
      <span className={classes.inputText}>
        {line.text}
        {value !== "" && <strong> {[value, line.unit].filter((part) => part !== "").join(" ")}</strong>}
        {line.expression !== "" && (line.depth === 0 || line.text === "") && <code>{line.expression}</code>}
        {origin !== "" && <small>{origin}</small>}
      </span>
      <span className={classes.inputAsOf}>
        {line.maturity !== "" && line.maturity !== "fresh" && <MaturityMark state={line.maturity} />}{" "}
        {line.as_of !== "" && <Day value={line.as_of} />}
      </span>
    </li>
  );
}
