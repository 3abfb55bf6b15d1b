import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { timeLeft } from "../../logic/pace";
import classes from "./review.module.css";

type Props = { looked: number; of: number; timings: readonly number[] };

/** "7 of 20 looked at · about 12 min left". */
export function ProgressLine({ looked, of, timings }: Props) {
  const { locale } = useDisplay();
  const words = `${formatNumber(looked, locale)} of ${formatNumber(of, locale)} looked at`;
  const left = timeLeft(of - looked, timings);
  return (
    <span className={classes.progress}>
      <progress value={looked} max={Math.max(1, of)} aria-label={words} />
      <span>{left === "" ? words : `${words} · ${left}`}</span>
    </span>
  );
}
