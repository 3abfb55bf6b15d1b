import { useDisplay } from "@/lib/display";
import { formatChange, unknownMark } from "@/lib/format";
import classes from "./delta.module.css";

type Props = {
  value: number | null;
  /** "%" for a relative change, "pp" for a difference of rates, else a unit. */
  unit?: string;
  /** Which direction is good for this figure; lower ACoS is good. */
  better?: "up" | "down" | "";
  /** What it is compared with: "vs previous 30 days". */
  versus?: string;
  digits?: number;
};

/** A change: arrow, sign, unit and what it is compared with; colour only repeats the word. */
export function Delta({ value, unit = "%", better = "", versus = "", digits = 1 }: Props) {
  const { locale } = useDisplay();
  if (value === null) return <span>{unknownMark}</span>;
  const direction = value > 0 ? "up" : value < 0 ? "down" : "flat";
  const tone = better === "" || direction === "flat" ? "neutral" : direction === better ? "good" : "bad";
  const arrow = { up: "▲", down: "▼", flat: "▬" }[direction];
  return (
    <span className={classes.delta} data-tone={tone}>
      <span aria-hidden="true">{arrow} </span>
      {formatChange(value, unit, locale, digits)}
      {tone !== "neutral" && <span className="visually-hidden">{tone === "good" ? ", better" : ", worse"}</span>}
      {versus !== "" && <span className={classes.versus}> {versus}</span>}
    </span>
  );
}
