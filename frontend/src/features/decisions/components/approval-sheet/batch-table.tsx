import { Fragment, useState } from "react";
import { useCovered } from "@/lib/amounts";
import { useDisplay } from "@/lib/display";
import { notApplicable } from "@/lib/format";
import { Money } from "@/ui/money/money";
import { changeWords } from "@/ui/payload-view/change-words";
import { PayloadView } from "@/ui/payload-view/payload-view";
import type { Batch, BatchLine } from "../../api/types";
import { byRisk, levelWords } from "../../logic/batch";
import classes from "./approval-sheet.module.css";
import type { BatchControl } from "./use-batch";

const columns = 7;

/** Every line of the approval; each opens to the bytes that would be sent, and can be left out. */
export function BatchTable({ all, batch }: { all: Batch; batch: BatchControl }) {
  const { risky, others } = byRisk(all);
  const holdS = all.hold_s;
  const many = all.lines.length > 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className={classes.lines} tabIndex={0} data-lines="" aria-label="What would be done">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">What for</th>
            <th scope="col">What</th>
            <th scope="col">Before → after</th>
            <th scope="col" data-number="">
              Units
            </th>
            <th scope="col" data-number="">
              Commits
            </th>
            <th scope="col">Where it goes</th>
            <th scope="col">
              <span className="visually-hidden">Included</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {many && (
            <GroupHead title={`Look at ${risky.length === 1 ? "this" : `these ${risky.length}`} first, the riskiest`} />
          )}
          {risky.map((line) => (
            <Line key={line.decision} line={line} risky={many} many={many} holdS={holdS} batch={batch} />
          ))}
        </tbody>
        {others.length > 0 && (
          <tbody>
            <GroupHead title={others.length === 1 ? "One more" : `The other ${others.length}`} />
            {others.map((line) => (
              <Line key={line.decision} line={line} risky={false} many={many} holdS={holdS} batch={batch} />
            ))}
          </tbody>
        )}
      </table>
    </section>
  );
}

function GroupHead({ title }: { title: string }) {
  return (
    <tr className={classes.group}>
      <th scope="rowgroup" colSpan={columns}>
        {title}
      </th>
    </tr>
  );
}

type LineProps = { line: BatchLine; risky: boolean; many: boolean; holdS: number; batch: BatchControl };

function Line({ line: first, risky, many, holdS, batch }: LineProps) {
  const [open, setOpen] = useState(!many);
  const out = batch.out.includes(first.decision);
  // Leaving others out can change what speaks against this one.
  const exact = batch.kept?.lines.find(({ decision }) => decision === first.decision) ?? first;
  const line = useCovered(exact);
  const against = out ? [] : line.against;
  const goes = levelWords(line.level, holdS);
  const subject = line.label || line.title;
  return (
    <Fragment>
      <tr data-line={line.decision} data-out={out} data-risky={risky}>
        <th scope="row">
          <button
            type="button"
            data-open=""
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className={classes.open}
          >
            <span aria-hidden="true" className={classes.risk}>
              {risky ? "▲" : ""}
            </span>
            <span>
              {risky && <span className="visually-hidden">Risky:</span>} {subject}{" "}
              {line.label !== "" && <small>{line.title}</small>}
              {against.map((why) => (
                <small key={why} className={classes.why}>
                  {" "}
                  <span aria-hidden="true">✗ </span>
                  {why}
                </small>
              ))}
              {line.note !== "" && (
                <small className={classes.note}>
                  {" "}
                  <span aria-hidden="true">⊘ </span>
                  {line.note}
                </small>
              )}
            </span>
          </button>
        </th>
        <td>{line.kind_title}</td>
        <td>
          <Change line={line} />
        </td>
        <td data-number="">{line.units > 0 ? line.units : notApplicable}</td>
        <td data-number="">
          <Money amount={line.money} />
        </td>
        <td className={classes.goes}>
          <span aria-hidden="true">{goes.mark} </span>
          {goes.short}
        </td>
        <td>
          {many && (
            <input
              type="checkbox"
              className={classes.tick}
              checked={!out}
              aria-label={`Include: ${subject}`}
              onChange={() => batch.toggle(line.decision)}
            />
          )}
        </td>
      </tr>
      {open && (
        <tr className={classes.detail} data-line={line.decision}>
          <td colSpan={columns}>
            <PayloadView payload={exact.payload} hash={exact.hash} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function Change({ line }: { line: BatchLine }) {
  const { locale, now } = useDisplay();
  const { before, after } = changeWords(line, locale, now);
  if (before === "") return after;
  return (
    <>
      <span className={classes.before}>{before}</span>
      <span className="visually-hidden"> to </span>
      <span aria-hidden="true"> → </span>
      {after}
    </>
  );
}
