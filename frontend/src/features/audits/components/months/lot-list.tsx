import { useDisplay } from "@/lib/display";
import { formatNumber, formatPercent } from "@/lib/format";
import { Money } from "@/ui/money/money";
import type { Lot } from "../../api/types";
import { reviewLooks } from "../../logic/looks";
import { Mark } from "../mark/mark";
import classes from "./months.module.css";

const stateWords: Record<Lot["state"], string> = { open: "not begun", under_way: "under way", done: "done" };

/** What was dealt with of each kind: how many are looked at and why so many, and how wrong the rest may be. */
export function LotList({ lots }: { lots: readonly Lot[] }) {
  return (
    <ul className={classes.lots} aria-label="Kinds of action">
      {lots.map((lot) => (
        <li key={lot.kind} className={classes.lot}>
          <LotCard lot={lot} />
        </li>
      ))}
    </ul>
  );
}

function LotCard({ lot }: { lot: Lot }) {
  const { locale } = useDisplay();
  const number = (value: number) => formatNumber(value, locale);
  const all = lot.must + lot.sample;
  return (
    <>
      <h3>
        {lot.kind_title}
        <Mark look={reviewLooks[lot.state]} word={stateWords[lot.state]} />
      </h3>
      <dl className={classes.figures}>
        <div>
          <dt>Looked at</dt>
          <dd>
            {number(lot.looked)} <small>of {number(all)}</small>
          </dd>
        </div>
        <div>
          <dt>Dealt with</dt>
          <dd>{number(lot.lot)}</dd>
        </div>
        <div>
          <dt>Wrong, critical</dt>
          <dd>
            {number(lot.wrong)}, {number(lot.critical)}
          </dd>
        </div>
        <div>
          <dt>At most wrong</dt>
          <dd>{lot.looked === 0 ? "?" : formatPercent(lot.upper_pct, locale)}</dd>
        </div>
        {lot.at_risk.map(({ decided, at_risk, known, what }) => (
          <div key={`${decided.currency} ${what}`}>
            <dt>At risk, {what}</dt>
            <dd>
              <Money amount={at_risk} />{" "}
              <small>
                of <Money amount={decided} /> in {number(known)} {known === 1 ? "decision" : "decisions"}
              </small>
            </dd>
          </div>
        ))}
      </dl>
      <p>{lot.looked === 0 ? "None was looked at yet, so nothing can be said of the others." : lot.upper_text}</p>
      <p>
        {drawn(lot, number)}
        {lot.rest > 0 && ` ${lot.plan_text}`}
      </p>
      {lot.seed !== "" && lot.sample > 0 && (
        <details className={classes.seed}>
          <summary>How they were drawn</summary>
          <p>{lot.seed_text}</p>
          <code>{lot.seed}</code>
        </details>
      )}
      {lot.blocked !== "" && (
        <p className={classes.blocked}>
          <span aria-hidden="true">⊘ </span>
          {lot.blocked}
        </p>
      )}
    </>
  );
}

/** How many are looked at and by what right, in words. */
function drawn({ must, rest, sample }: Lot, number: (value: number) => string): string {
  if (rest === 0) return "All of them are looked at, each for a reason of its own.";
  const own = must === 0 ? "" : `${number(must)} for a reason of ${must === 1 ? "its" : "their"} own; `;
  return `${own}${must === 0 ? "" : "of the others "}${number(sample)} of ${number(rest)} drawn by lot.`;
}
