import { Tooltip } from "@mantine/core";
import type { MouseEvent, ReactNode } from "react";
import type { ColumnType, Value } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { formatInstant, notApplicable, unknownMark } from "@/lib/format";
import { Delta } from "../delta/delta";
import { MaturityMark } from "../freshness-chip/freshness-chip";
import { HiddenAmount } from "../money/money";
import { Sparkline } from "../sparkline/sparkline";
import classes from "./fact.module.css";

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
  const hidden = hide_amounts && known && (type === "money" || (value.currency ?? "") !== "");
  const content = hidden ? <HiddenAmount /> : <Content value={value} type={type} unit={unit} change={change} />;
  const body = (
    <>
      {value.maturity !== "fresh" && value.maturity !== "" && value.text !== "" && (
        <MaturityMark state={value.maturity} />
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
    <Origin value={value} hidden={hidden}>
      {onDefine ? (
        <button type="button" {...shared} tabIndex={focusable ? 0 : -1} onClick={open}>
          {body}
        </button>
      ) : (
        <span {...shared}>{body}</span>
      )}
    </Origin>
  );
}

type ContentProps = { value: FactLike; type: ColumnType | undefined; unit: string; change: boolean };

function Content({ value, type, unit, change }: ContentProps) {
  if (type === "line") return <Sparkline values={value.line ?? []} />;
  if (value.text === "") return <span>{notApplicable}</span>;
  if (value.maturity === "missing") return <span>{unknownMark}</span>;
  if (change) return <Delta text={value.text} value={value.num ?? null} good={value.good ?? ""} />;
  return (
    <span>
      {value.approx && (
        <>
          <span aria-hidden="true">≈ </span>
          <span className="visually-hidden">about </span>
        </>
      )}
      {value.text}
      {unit !== "" && <span className={classes.unit}> {unit}</span>}
    </span>
  );
}

/** Where a value comes from, on hover and focus. A value without any origin has no tip. */
function Origin({ value, hidden, children }: { value: FactLike; hidden: boolean; children: ReactNode }) {
  const { locale, now } = useDisplay();
  // A note may name the amount that is hidden.
  const note = hidden ? "" : value.note;
  if (value.as_of === "" && value.source === "" && note === "") return children;
  const tip = (
    <span className={classes.tip}>
      <span>{value.as_of === "" ? "No date known" : `As of ${formatInstant(value.as_of, locale, now)}`}</span>
      {value.source !== "" && <span>{value.source}</span>}
      {note !== "" && <span>{note}</span>}
    </span>
  );
  return <Tooltip label={tip}>{children}</Tooltip>;
}
