import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDisplay } from "@/lib/display";
import type { StripCell } from "@/lib/types";
import { HiddenAmount } from "@/ui/money/money";
import { stripQuery } from "../../api/queries";
import classes from "./strip.module.css";

/** The state of the account in one line, each figure a way to its page. */
export function Strip() {
  const { data } = useQuery(stripQuery);
  return (
    <ul className={classes.strip} aria-label="The account this morning">
      {data?.cells.map((cell) => (
        <li key={cell.key}>
          <Link to={cell.link} className={classes.cell}>
            <span className={classes.title}>{cell.title}</span>
            <span className={classes.value} data-state={cell.state}>
              <Covered text={cell.value} />
            </span>
            <span className={classes.detail}>
              <Tone cell={cell} />
              <Covered text={cell.detail} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const marks: Partial<Record<StripCell["state"], { mark: string; word: string }>> = {
  critical: { mark: "⬣", word: "critical" },
  warning: { mark: "▲", word: "warning" },
  unknown: { mark: "?", word: "not known" },
};

function Tone({ cell }: { cell: StripCell }) {
  const tone = marks[cell.state];
  if (!tone) return null;
  return (
    <span className={classes.tone} data-state={cell.state}>
      <span aria-hidden="true">{tone.mark} </span>
      <span className="visually-hidden">{tone.word}: </span>
    </span>
  );
}

/** Amounts of money are covered when they are hidden; counts and words stay. */
function Covered({ text }: { text: string }) {
  const { hide_amounts } = useDisplay();
  return hide_amounts && /\p{Sc}/u.test(text) ? <HiddenAmount /> : text;
}
