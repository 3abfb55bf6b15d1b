import classes from "./list.module.css";
import { type Listed, type State, stateOf } from "./listed";

const marks: Record<State, { mark: string; word: string }> = {
  works: { mark: "●", word: "works" },
  off: { mark: "○", word: "off" },
  fault: { mark: "⬣", word: "fault" },
  module: { mark: "⊘", word: "module missing" },
};

/** How a policy does: mark, word and colour; of a fault also where it is. */
export function StateMark({ policy }: { policy: Listed }) {
  const state = stateOf(policy);
  const { mark, word } = marks[state];
  return (
    <span className={classes.state} data-state={state} title={policy.last_error === "" ? undefined : policy.last_error}>
      <span aria-hidden="true">{mark} </span>
      {word}
      {state === "fault" && <span className={classes.place}>: {policy.last_error}</span>}
    </span>
  );
}
