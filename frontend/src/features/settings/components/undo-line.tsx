import { Button } from "@mantine/core";
import classes from "./settings.module.css";

/** What was just saved, with the way back. */
export interface Saved {
  text: string;
  /** Absent where taking it back asks for more than a press. */
  undo?: (() => void) | undefined;
}

type Props = { saved: Saved | null; problem: string };

/** The last change with Undo, or why it was not saved. Always there, so that nothing jumps. */
export function UndoLine({ saved, problem }: Props) {
  return (
    <div className={classes.undo}>
      <span role="status">{problem === "" ? (saved?.text ?? "") : ""}</span>
      {saved?.undo && problem === "" && (
        <Button variant="subtle" size="compact-xs" onClick={saved.undo}>
          Undo
        </Button>
      )}
      {problem !== "" && (
        <span role="alert" className={classes.problem}>
          {problem}
        </span>
      )}
    </div>
  );
}
