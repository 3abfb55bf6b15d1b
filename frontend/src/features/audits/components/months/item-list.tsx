import { Link } from "@tanstack/react-router";
import type { Ref } from "react";
import { Day } from "@/ui/day/day";
import { Money } from "@/ui/money/money";
import type { ItemRow } from "../../api/types";
import { verdictLooks } from "../../logic/looks";
import { monthOf } from "../../logic/month-of";
import { Mark } from "../mark/mark";
import classes from "./months.module.css";

type Props = {
  /** Whose items they are; without it each is an item of the month it was decided in. */
  month?: string;
  items: readonly ItemRow[];
  hold?: Ref<HTMLOListElement>;
};

/** Items with why each is looked at, and the verdict if it has one. */
export function ItemList({ month, items, hold }: Props) {
  return (
    <ol className={classes.items} ref={hold}>
      {items.map((item) => (
        <li key={item.id} className={classes.item}>
          <span className={classes.position}>{item.position}</span>
          <span className={classes.what}>
            <Link to="/audits" search={{ month: month ?? monthOf(item.decided_at), item: item.id }} data-row="">
              {item.title}
            </Link>
            <small>
              {item.policy_title}, v{item.version}
              {item.label !== "" && ` · ${item.label}`} · {item.why.join("; ")}
            </small>
            {item.look_again && (
              <small className={classes.again}>
                <Mark look={{ mark: "↻", tone: "warning" }} word="to be looked at again" />
                {item.look_again_for !== "" && `: ${item.look_again_for}`}
              </small>
            )}
          </span>
          <span className={classes.money}>
            <Money amount={item.money} />
            <small>{item.money && item.money_text}</small>
          </span>
          <span className={classes.state}>
            {item.state_text}
            <small>
              <Day value={item.decided_at} /> by {item.decided_by === "person" ? "you" : "Purser"}
            </small>
          </span>
          <span className={classes.verdict}>
            <Mark look={verdictLooks[item.verdict]} word={item.verdict === "" ? "not looked at" : item.verdict_text} />
          </span>
        </li>
      ))}
    </ol>
  );
}
