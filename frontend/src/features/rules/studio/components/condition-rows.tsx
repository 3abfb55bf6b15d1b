import { useEffect, useMemo, useRef } from "react";
import type { Condition, ConditionModel, Node } from "../../api/studio-types";
import {
  type Path,
  pathKey,
  rowsOf,
  standings,
  withInserted,
  withMoved,
  withoutRow,
  withRow,
} from "../logic/condition";
import { byRows } from "../logic/policy";
import { type Place, placeKey, problemsAt } from "../logic/problems";
import { ConditionGroup, type GroupActs } from "./condition-group";
import classes from "./conditions.module.css";
import { useStudio } from "./studio-context";

type Props = {
  place: Place;
  condition: ConditionModel;
  /** How it stands for the example subject. */
  node: Node | null | undefined;
  onChange: (condition: ConditionModel) => void;
};

/** A condition in rows. What is wrong with it stands below. */
export function ConditionRows({ place, condition, node, onChange }: Props) {
  const { problems } = useStudio();
  const rows = useMemo(() => condition.tree ?? rowsOf(condition), [condition]);
  const nodes = useMemo(() => standings(rows, node), [rows, node]);
  const host = useRef<HTMLDivElement>(null);
  const focus = useRef<string>(null);
  useEffect(() => {
    if (focus.current === null) return;
    const place = host.current?.querySelector<HTMLElement>(focus.current);
    focus.current = null;
    place?.focus();
  });
  const put = (next: Condition) => onChange(byRows(condition, next));
  const acts: GroupActs = {
    change: (path, row) => put(withRow(rows, path, () => row)),
    remove: (path) => {
      focus.current = focusBeside(path);
      put(withoutRow(rows, path));
    },
    move: (path, by) => {
      const moved = withMoved(rows, path, by);
      if (!moved) return;
      focus.current = `[data-row="${pathKey(moved.path)}"] [data-move="${by < 0 ? "up" : "down"}"]`;
      put(moved.root);
    },
    insert: (path, row) => {
      focus.current = `[data-row="${pathKey(path)}"] input`;
      put(withInserted(rows, path, row));
    },
  };
  const faults = problemsAt(problems, place);
  return (
    <div ref={host} data-place={placeKey(place.kind === "" ? "" : `${place.kind} ${place.name}`, place.field)}>
      <ConditionGroup row={rows} path={[]} nodes={nodes} acts={acts} />
      {faults.length > 0 && (
        <ul className={classes.faults}>
          {faults.map((fault) => (
            <li key={`${fault.from}:${fault.message}`}>{fault.message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** After a row is gone its place stays with the keyboard: the row before it, else the head of its group. */
function focusBeside(path: Path): string {
  const index = path.at(-1) ?? 0;
  const beside = index > 0 ? [...path.slice(0, -1), index - 1] : path.slice(0, -1);
  return `[data-row="${pathKey(beside)}"] input`;
}
