import { useDisplay } from "@/lib/display";
import { formatInstant } from "@/lib/format";
import { MaturityMark } from "@/ui/freshness-chip/freshness-chip";
import { Kbd } from "@/ui/kbd/kbd";
import type { Why } from "../../api/types";
import {
  type CaseTrace,
  casesOf,
  hasWords,
  isCondition,
  resultMarks,
  resultWords,
  shownValue,
  tellingLine,
} from "../../logic/reasons";
import classes from "./decision-inspector.module.css";

type Props = { why: readonly Why[]; decided: string; trace: boolean; onTrace: () => void };

/** The reasons of the case that decided, one line for each case before it; W shows every line. */
export function WhyList({ why, decided, trace, onTrace }: Props) {
  const cases = casesOf(why, decided);
  const reasons = cases.filter((one) => one.outcome === "decided");
  const passed = cases.filter((one) => one.outcome !== "decided");
  return (
    <>
      {trace ? (
        cases.map((one) => <FullCase key={one.name} trace={one} />)
      ) : (
        <ul className={classes.why}>
          {reasons.flatMap((one) => one.lines.filter(hasWords).map((line) => <WhyLine key={line.id} line={line} />))}
          {passed.map((one) => (
            <PassedCase key={one.name} trace={one} />
          ))}
        </ul>
      )}
      <button type="button" className={classes.more} aria-expanded={trace} onClick={onTrace}>
        {trace ? "Only the reasons" : "The full trace"}
        <Kbd keys="w" />
      </button>
    </>
  );
}

function FullCase({ trace }: { trace: CaseTrace }) {
  const words = { decided: "decided", not_met: "not met", unknown: "cannot tell" }[trace.outcome];
  return (
    <section className={classes.case}>
      <h4>
        Case {trace.name}: {words}
      </h4>
      <ul className={classes.why}>
        {trace.lines.map((line) => (
          <WhyLine key={line.id} line={line} full />
        ))}
      </ul>
    </section>
  );
}

/** A case that did not decide, by its telling line; its marks are those of the line. */
function PassedCase({ trace }: { trace: CaseTrace }) {
  const line = tellingLine(trace);
  if (!line) return null;
  return (
    <li className={classes.line} data-result={trace.outcome === "unknown" ? "unknown" : "not_needed"}>
      <Mark result={trace.outcome === "unknown" ? "unknown" : "false"} />
      <span className={classes.what}>
        {line.text}
        {line.note !== "" && <small>{line.note}</small>}
      </span>
      <AsOf line={line} />
    </li>
  );
}

function WhyLine({ line, full = false }: { line: Why; full?: boolean }) {
  const value = shownValue(line);
  return (
    <li className={classes.line} data-result={line.result} data-depth={Math.min(line.depth, 3)}>
      {isCondition(line) ? <Mark result={line.result} /> : <span className={classes.mark}>·</span>}
      <span className={classes.what}>
        {line.text}
        {value !== "" && <strong> {value}</strong>}
        {full && line.expression !== "" && line.expression !== line.text && <code>{line.expression}</code>}
        {(line.source !== "" || line.note !== "") && (line.depth === 0 || full) && (
          <small>{[line.source, line.note].filter((part) => part !== "").join(". ")}</small>
        )}
      </span>
      <AsOf line={line} />
    </li>
  );
}

function Mark({ result }: { result: Why["result"] }) {
  return (
    <span className={classes.mark}>
      <span aria-hidden="true">{resultMarks[result]}</span>
      <span className="visually-hidden">{resultWords[result]}: </span>
    </span>
  );
}

function AsOf({ line }: { line: Why }) {
  const { locale, now } = useDisplay();
  if (line.as_of === "") return <span className={classes.asOf}>{line.maturity === "missing" ? "missing" : ""}</span>;
  return (
    <span className={classes.asOf}>
      {line.maturity !== "fresh" && (
        <>
          <MaturityMark state={line.maturity} />{" "}
        </>
      )}
      {formatInstant(line.as_of, locale, now)}
    </span>
  );
}
