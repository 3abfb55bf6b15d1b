import { useDisplay } from "@/lib/display";
import { formatInstant } from "@/lib/format";
import { Day } from "@/ui/day/day";
import classes from "./trace.module.css";
import type { Change } from "./types";

const most = 12;

type Props = { changes: readonly Change[]; onDay: (day: string) => void };

/** When the outcome changed, newest first; each leads to that day. */
export function ChangeList({ changes, onDay }: Props) {
  const { locale, now } = useDisplay();
  if (changes.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>When it changed</h3>
      <ul className={classes.changes}>
        {[...changes]
          .reverse()
          .slice(0, most)
          .map((one) => (
            <li key={`${one.day} ${one.time}`}>
              <button
                type="button"
                onClick={() => onDay(one.day)}
                title={`Judged ${formatInstant(one.time, locale, now)}, version ${one.version}`}
              >
                <Day value={one.day} />
              </button>
              <span>
                {one.changed === "" ? "first judged" : one.changed}
                {one.summary !== "" && <small>{one.summary}</small>}
              </span>
            </li>
          ))}
      </ul>
    </>
  );
}
