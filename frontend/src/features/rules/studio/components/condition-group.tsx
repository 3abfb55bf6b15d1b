import { Button, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { Condition, ConditionKind, Node } from "../../api/studio-types";
import { emptyRow, group, isGroup, type Path, pathKey } from "../logic/condition";
import { ConditionRow, type RowActs, RowTools } from "./condition-row";
import classes from "./conditions.module.css";
import { Dot } from "./dot";
import { useStudio } from "./studio-context";

export type GroupActs = RowActs & { insert: (path: Path, row: Condition) => void };

const kinds: { value: ConditionKind; label: string }[] = [
  { value: "all", label: "all of" },
  { value: "any", label: "any of" },
  { value: "not", label: "none of" },
];

type Props = { row: Condition; path: Path; nodes: ReadonlyMap<string, Node>; acts: GroupActs };

/** A group of rows, and groups in it. */
export function ConditionGroup({ row, path, nodes, acts }: Props) {
  const { readOnly } = useStudio();
  const root = path.length === 0;
  const name = root ? "conditions" : `group ${path.map((index) => index + 1).join(".")}`;
  const end = [...path, row.parts.length];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid in every web view.
    <div className={classes.group} role="group" aria-label={name} data-root={root} data-row={pathKey(path)}>
      <div className={classes.head}>
        <Select
          aria-label={root ? "How the conditions hold together" : `How ${name} holds together`}
          className={classes.kind}
          data={root ? kinds.filter(({ value }) => value !== "not") : kinds}
          value={row.kind}
          allowDeselect={false}
          onChange={(next) => {
            const found = kinds.find(({ value }) => value === next);
            if (found) acts.change(path, { ...row, kind: found.value });
          }}
        />
        <Dot result={nodes.get(pathKey(path))?.result} />
        {!root && <RowTools label={name} path={path} acts={acts} />}
      </div>
      <div className={classes.parts}>
        {row.parts.map((part, index) => {
          const at = [...path, index];
          const key = pathKey(at);
          return isGroup(part) ? (
            <ConditionGroup key={key} row={part} path={at} nodes={nodes} acts={acts} />
          ) : (
            <ConditionRow key={key} row={part} path={at} node={nodes.get(key)} acts={acts} />
          );
        })}
        <div className={classes.adds}>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={14} stroke={1.8} />}
            disabled={readOnly}
            onClick={() => acts.insert(end, emptyRow())}
          >
            Condition
          </Button>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={14} stroke={1.8} />}
            disabled={readOnly}
            onClick={() => acts.insert(end, group(row.kind === "any" ? "all" : "any", [emptyRow()]))}
          >
            Group
          </Button>
        </div>
      </div>
    </div>
  );
}
