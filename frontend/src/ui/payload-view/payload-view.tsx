import { coverAmounts, minorDigits } from "@/lib/amounts";
import { useDisplay } from "@/lib/display";
import { dayFromNumber, formatDayLong, formatNumber, notApplicable } from "@/lib/format";
import { HiddenAmount } from "@/ui/money/money";
import { type PayloadLine, type PayloadValue, readPayload } from "./payload-lines";
import classes from "./payload-view.module.css";

type Props = {
  /** The bytes that are sent, as they are. */
  payload: string;
  /** Of the whole request; an approval is bound to it. "" where it is not known. */
  hash?: string;
};

/** The bytes of a payload as lines from before to after, with the bytes themselves below. */
export function PayloadView({ payload, hash = "" }: Props) {
  const reading = readPayload(payload);
  return (
    <div className={classes.payload}>
      {reading.lines.length > 0 && (
        <dl className={classes.lines}>
          {reading.lines.map((line) => (
            <Line key={line.name} line={line} swap={reading.shape === "swap"} />
          ))}
        </dl>
      )}
      {reading.shape === "text" ? <Bytes payload={payload} /> : <FoldedBytes payload={payload} />}
      {hash !== "" && (
        <p className={classes.hash}>
          Approval is bound to <code>{hash}</code>
        </p>
      )}
    </div>
  );
}

function Line({ line, swap }: { line: PayloadLine; swap: boolean }) {
  return (
    <div className={classes.line} data-changed={line.changed}>
      <dt>{line.name}</dt>
      <dd>
        {swap && line.changed && line.before.kind !== "none" && (
          <>
            <span className="visually-hidden">from </span>
            <s className={classes.before}>
              <Value value={line.before} />
            </s>
            <span className="visually-hidden"> to </span>
            <span aria-hidden="true" className={classes.arrow}>
              →
            </span>
          </>
        )}
        <Value value={line.after} />
        {swap && !line.changed && line.after.kind !== "none" && <small> as before</small>}
      </dd>
    </div>
  );
}

function Value({ value }: { value: PayloadValue }) {
  const { hide_amounts, locale } = useDisplay();
  const covered = (text: string) => (hide_amounts ? coverAmounts(text) : text);
  switch (value.kind) {
    case "none":
      return <span className={classes.none}>{notApplicable}</span>;
    case "text":
      return <span className={classes.text}>{covered(value.text)}</span>;
    case "day":
      return formatDayLong(dayFromNumber(value.day), locale);
    case "list":
      return (
        <ol className={classes.list}>
          {value.texts.map((text) => (
            <li key={text}>{covered(text)}</li>
          ))}
        </ol>
      );
    case "amount":
      return hide_amounts ? <HiddenAmount /> : <Amount minor={value.minor} currency={value.currency} />;
  }
}

/** Bytes hold an amount in minor units; this is what they say, not an amount of the program's. */
function Amount({ minor, currency }: { minor: number; currency: string }) {
  const { locale } = useDisplay();
  const digits = minorDigits(currency);
  return (
    <span>
      {formatNumber(minor / 10 ** digits, locale, digits)} {currency}
    </span>
  );
}

function FoldedBytes({ payload }: { payload: string }) {
  return (
    <details className={classes.folded}>
      <summary>The exact bytes</summary>
      <Bytes payload={payload} />
    </details>
  );
}

function Bytes({ payload }: { payload: string }) {
  const { hide_amounts } = useDisplay();
  if (hide_amounts && (payload.includes('"minor"') || coverAmounts(payload) !== payload)) {
    return <p className={classes.hash}>They name amounts, which are hidden now.</p>;
  }
  return <pre className={classes.bytes}>{payload}</pre>;
}
