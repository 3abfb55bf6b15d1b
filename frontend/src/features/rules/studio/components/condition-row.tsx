import { ActionIcon, Select } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode } from "react";
import { MenuButton } from "@/ui/menu-button/menu-button";
import type { Condition, ConditionKind, Node, PolicyModel } from "../../api/studio-types";
import { type Path, pathKey } from "../logic/condition";
import { operators } from "../logic/operand";
import classes from "./conditions.module.css";
import { Dot } from "./dot";
import { FormulaField, OperandField } from "./operand-field";
import { Standing } from "./standing";
import { useStudio } from "./studio-context";

export type RowActs = {
  change: (path: Path, row: Condition) => void;
  remove: (path: Path) => void;
  move: (path: Path, by: -1 | 1) => void;
};

type Props = { row: Condition; path: Path; node: Node | undefined; acts: RowActs };

/** One condition: how it stands, its sides, and its values for the example subject. */
export function ConditionRow({ row, path, node, acts }: Props) {
  const { policy, readOnly } = useStudio();
  const number = path.map((index) => index + 1).join(".");
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    acts.move(path, event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Alt and an arrow move the row from any of its fields.
    <div className={classes.row} data-row={pathKey(path)} onKeyDown={onKeyDown}>
      <Dot result={node?.result} near={node?.near} />
      <span className={classes.sides}>
        <Sides row={row} number={number} onChange={(next) => acts.change(path, next)} />
      </span>
      <RowTools label={`condition ${number}`} path={path} acts={acts}>
        <MenuButton
          label={`Form of condition ${number}`}
          actions={readOnly ? [] : formActions(row, policy, (next) => acts.change(path, next))}
        />
      </RowTools>
      <Standing node={node} op={row.op} />
    </div>
  );
}

const forms: { value: ConditionKind; label: string }[] = [
  { value: "compare", label: "Compare a fact" },
  { value: "flag", label: "A fact that is yes or no" },
  { value: "clause", label: "A named condition" },
  { value: "formula", label: "A formula in CEL" },
];

/** The other forms that a row can take. */
function formActions(row: Condition, policy: PolicyModel, onChange: (row: Condition) => void) {
  const offered = forms.filter(({ value }) => value !== row.kind && (value !== "clause" || policy.clauses.length > 0));
  return offered.map(({ value, label }) => ({
    id: value,
    label,
    run: () => {
      const left = value === "clause" ? (policy.clauses[0]?.name ?? "") : value === "formula" ? asText(row) : "";
      onChange({ kind: value, parts: [], left, op: value === "compare" ? "<" : "", right: "" });
    },
  }));
}

type SidesProps = { row: Condition; number: string; onChange: (row: Condition) => void };

function Sides({ row, number, onChange }: SidesProps) {
  const { policy } = useStudio();
  return (
    <>
      {row.kind === "compare" && <Compare row={row} number={number} onChange={onChange} />}
      {row.kind === "flag" && (
        <OperandField
          label={`Fact of condition ${number}`}
          cel={row.left}
          first="fact"
          only={["fact", "formula"]}
          onChange={(left) => onChange({ ...row, left })}
        />
      )}
      {row.kind === "clause" && (
        <Select
          aria-label={`Named condition ${number}`}
          className={classes.fact}
          data={policy.clauses.map((one) => ({ value: one.name, label: one.title || one.name }))}
          value={row.left}
          allowDeselect={false}
          onChange={(left) => left !== null && onChange({ ...row, left })}
        />
      )}
      {row.kind === "formula" && (
        <FormulaField
          label={`Formula of condition ${number}`}
          cel={row.left}
          onChange={(left) => onChange({ ...row, left })}
        />
      )}
    </>
  );
}

function Compare({ row, number, onChange }: SidesProps) {
  return (
    <>
      <OperandField
        label={`Left side of condition ${number}`}
        cel={row.left}
        other={row.right}
        first="fact"
        only={["fact", "formula"]}
        onChange={(left) => onChange({ ...row, left })}
      />
      <Select
        aria-label={`Operator of condition ${number}`}
        className={classes.operator}
        data={operators}
        value={row.op}
        allowDeselect={false}
        comboboxProps={{ width: 140, position: "bottom-start", transitionProps: { duration: 0 } }}
        onChange={(op) => op !== null && onChange({ ...row, op })}
      />
      <OperandField
        label={`Right side of condition ${number}`}
        cel={row.right}
        other={row.left}
        first="number"
        onChange={(right) => onChange({ ...row, right })}
      />
    </>
  );
}

/** The text of a row that turns into a formula, so that nothing typed is lost. */
function asText(row: Condition): string {
  return row.kind === "compare" && (row.left !== "" || row.right !== "")
    ? `${row.left} ${row.op} ${row.right}`.trim()
    : row.left;
}

type ToolsProps = { label: string; path: Path; acts: RowActs; children?: ReactNode };

/** Moves and removes a row or a group; each by a button as well as by Alt and an arrow. */
export function RowTools({ label, path, acts, children }: ToolsProps) {
  const { readOnly } = useStudio();
  return (
    <span className={classes.tools}>
      <ActionIcon
        variant="subtle"
        size={24}
        aria-label={`Move ${label} up`}
        aria-keyshortcuts="Alt+ArrowUp"
        data-move="up"
        disabled={readOnly}
        onClick={() => acts.move(path, -1)}
      >
        <IconArrowUp size={15} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={24}
        aria-label={`Move ${label} down`}
        aria-keyshortcuts="Alt+ArrowDown"
        data-move="down"
        disabled={readOnly}
        onClick={() => acts.move(path, 1)}
      >
        <IconArrowDown size={15} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={24}
        aria-label={`Remove ${label}`}
        disabled={readOnly}
        onClick={() => acts.remove(path)}
      >
        <IconTrash size={15} stroke={1.6} />
      </ActionIcon>
      {children}
    </span>
  );
}
