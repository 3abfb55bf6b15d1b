import { Tooltip } from "@mantine/core";
import { useDisplay } from "@/lib/display";
import { formatInstant, unknownMark } from "@/lib/format";
import type { Maturity } from "@/lib/types";
import { MaturityMark } from "../freshness-chip/freshness-chip";
import { HiddenAmount } from "../money/money";
import classes from "./fact-value.module.css";

export type FactCell = {
  text: string;
  maturity: Maturity;
  as_of: string;
  source: string;
  note: string;
};

type Props = {
  value: FactCell;
  /** Set for amounts of money, which can be hidden. */
  money?: boolean;
  /** False inside long tables, where rows and not cells take the focus. */
  focusable?: boolean;
};

/** A number with its maturity; as-of, source and note on hover and focus. */
export function FactValue({ value, money = false, focusable = false }: Props) {
  const { locale, now, hide_amounts } = useDisplay();
  const hidden = money && hide_amounts && value.maturity !== "missing";
  const content = (
    <>
      {value.maturity !== "fresh" && <MaturityMark state={value.maturity} />}
      {hidden ? <HiddenAmount /> : <span>{value.maturity === "missing" ? unknownMark : value.text}</span>}
    </>
  );
  const tip = (
    <span className={classes.tip}>
      <span>{value.as_of === "" ? "No date known" : `As of ${formatInstant(value.as_of, locale, now)}`}</span>
      {value.source !== "" && <span>{value.source}</span>}
      {value.note !== "" && <span>{value.note}</span>}
    </span>
  );
  return (
    <Tooltip label={tip}>
      {focusable ? (
        <button type="button" className={classes.value} data-maturity={value.maturity}>
          {content}
        </button>
      ) : (
        <span className={classes.value} data-maturity={value.maturity}>
          {content}
        </span>
      )}
    </Tooltip>
  );
}
