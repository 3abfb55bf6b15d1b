import { useDisplay } from "@/lib/display";
import { formatChange, unknownMark } from "@/lib/format";
import classes from "./delta.module.css";

type Props = {
  value: number | null;
  /** The change as Go wrote it; else it is made from value, unit and digits. */
  text?: string;
  /** "%" for a relative change, "pp" for a difference of rates, else a unit. */
  unit?: string;
  /** Whether the change is good, as Go says. */
  good?: "good" | "bad" | "";
  /** Where Go does not say: which direction is good for this figure; lower ACoS is good. */
  better?: "up" | "down" | "";
  /** What it is compared with: "vs previous 30 days". */
  versus?: string;
  digits?: number;
};

/** A change: arrow, sign, unit and what it is compared with; colour only repeats the word. */
export function Delta({ value, text, unit = "%", good = "", better = "", versus = "", digits = 1 }: Props) {
  const { locale } = useDisplay();
  if (value === null) return <span>{text || unknownMark}</span>;
  const direction = value > 0 ? "up" : value < 0 ? "down" : "flat";
  const tone = good || toneOf(direction, better);
  const arrow = { up: "▲", down: "▼", flat: "▬" }[direction];
  return (
    <span className={classes.delta} data-tone={tone}>
      <span aria-hidden="true" className={classes.arrow}>
        {arrow}{" "}
      </span>
      {text || formatChange(value, unit, locale, digits)}
      {tone !== "neutral" && <span className="visually-hidden">{tone === "good" ? ", better" : ", worse"}</span>}
      {versus !== "" && <span className={classes.versus}> {versus}</span>}
    </span>
  );
}

function toneOf(direction: "up" | "down" | "flat", better: "up" | "down" | ""): "good" | "bad" | "neutral" {
  if (better === "" || direction === "flat") return "neutral";
  return direction === better ? "good" : "bad";
}
