import type { MouseEvent, ReactNode } from "react";
import { namesAmount } from "@/lib/amounts";
import type { ColumnType, Value } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { formatInstant, notApplicable, unknownMark } from "@/lib/format";
import { Delta } from "../delta/delta";
import { MaturityMark } from "../freshness-chip/freshness-chip";
import { HiddenAmount } from "../money/money";
import { Sparkline } from "../sparkline/sparkline";
import classes from "./fact.module.css";
import { WithTip } from "./with-tip";
import { worded } from "./wording";

/** What is shown of a value; values of pages and of plain facts both have it. */
export type FactLike = Pick<Value, "text" | "maturity" | "as_of" | "source" | "note"> &
  Partial<Pick<Value, "approx" | "good" | "line" | "num" | "currency">>;

type Props = {
  value: FactLike;
  /** Amounts can be hidden, lines are drawn; of a value with a currency it need not be given. */
  type?: ColumnType;
  /** Written small after the number. */
  unit?: string;
  /** Set where the value is a change: it gets an arrow, and the word comes from the value. */
  change?: boolean;
  /** Opens the definition; the value is then a button. Give a memoised function in tables. */
  onDefine?: () => void;
  /** False inside tables, where rows and not cells take the focus. */
  focusable?: boolean;
};

/** A value as Go wrote it: "?" not known, "—" not applicable, "≈" converted, with its maturity; origin on hover. */
export function Fact({ value, type, unit = "", change = false, onDefine, focusable = true }: Props) {
  const { hide_amounts } = useDisplay();
  const known = value.maturity !== "missing" && value.text !== "";
  const hidden =
    hide_amounts && known && (type === "money" || (value.currency ?? "") !== "" || namesAmount(value.text));
  const content = hidden ? <HiddenAmount /> : <Content value={value} type={type} unit={unit} change={change} />;
  const body = (
    <>
      {value.maturity !== "fresh" && value.maturity !== "" && value.text !== "" && (
        // A table that says it in the heading hides it here.
        <span data-mark="">
          <MaturityMark state={value.maturity} />
        </span>
      )}
      {content}
    </>
  );
  const open = (event: MouseEvent) => {
    event.stopPropagation();
    onDefine?.();
  };
  const shared = { className: classes.fact, "data-maturity": value.maturity };
  return (
    <WithTip tip={origin(value, hidden)}>
      {(handlers, hold) =>
        onDefine ? (
          <button type="button" {...shared} {...handlers} ref={hold} tabIndex={focusable ? 0 : -1} onClick={open}>
            {body}
          </button>
        ) : (
          <span {...shared} {...handlers} ref={hold}>
            {body}
          </span>
        )
      }
    </WithTip>
  );
}

type ContentProps = { value: FactLike; type: ColumnType | undefined; unit: string; change: boolean };

function Content({ value, type, unit: counted, change }: ContentProps) {
  const { locale, now } = useDisplay();
  if (type === "line") return <Sparkline values={value.line ?? []} />;
  if (value.text === "") return <span>{notApplicable}</span>;
  if (value.maturity === "missing") return <span>{unknownMark}</span>;
  if (change) return <Delta text={value.text} value={value.num ?? null} good={value.good ?? ""} />;
  const { text, unit } = worded(value.text, counted, locale, now);
  return (
    <span>
      {value.approx && (
        <>
          <span aria-hidden="true">≈ </span>
          <span className="visually-hidden">about </span>
        </>
      )}
      {text}
      {unit !== "" && <span className={classes.unit}> {unit}</span>}
    </span>
  );
}

/** Where a value comes from, on hover and focus; null where nothing is known of it. */
function origin(value: FactLike, hidden: boolean): ReactNode {
  if (value.as_of === "" && value.source === "" && (hidden || value.note === "")) return null;
  return <Origin value={value} hidden={hidden} />;
}

function Origin({ value, hidden }: { value: FactLike; hidden: boolean }) {
  const { locale, now } = useDisplay();
  return (
    <span className={classes.tip}>
      <span>{value.as_of === "" ? "No date known" : `As of ${formatInstant(value.as_of, locale, now)}`}</span>
      {value.source !== "" && <span>{value.source}</span>}
      {/* A note may name the amount that is hidden. */}
      {value.note !== "" && !hidden && <span>{value.note}</span>}
    </span>
  );
}
