import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import type { CaseModel } from "../../api/studio-types";
import { withShifted } from "../logic/policy";
import { looseProblems } from "../logic/problems";
import { ConditionRows } from "./condition-rows";
import conditionClasses from "./conditions.module.css";
import { TextField } from "./field";
import classes from "./studio.module.css";
import { useEditCase, useStudio } from "./studio-context";
import { MoreFields, ThenFields, TimeFields } from "./then-fields";

/** A case: when it holds, for how long, and what then. */
export function CaseCard({ one, index }: { one: CaseModel; index: number }) {
  const edit = useEditCase(index);
  const { live, problems, policy } = useStudio();
  const standing = live?.cases.find(({ name }) => name === one.name);
  const loose = looseProblems(problems, "case", one.name);
  const decides = live !== null && live.case === one.name;
  return (
    <section className={classes.card} aria-label={`Case ${one.name}`} data-place={`case ${one.name}/`}>
      <div className={classes.cardHead}>
        <h3 className={classes.cardTitle}>
          Case {index + 1}
          {policy.cases.length > 1 && index > 0 && (
            <span className={classes.note}>tried when none before it holds</span>
          )}
          {live && (decides || standing?.note) && (
            <span className={classes.note}>
              {live.label}: {decides ? "this case decides" : standing?.note}
            </span>
          )}
        </h3>
        <CaseTools one={one} index={index} />
      </div>
      <div className={classes.fields}>
        <TextField
          place={{ kind: "case", name: one.name, field: "name" }}
          label="Name"
          description="short, without spaces"
          value={one.name}
          onChange={(name) => edit({ name: name.replaceAll(/[\s:/]+/g, "_") })}
        />
      </div>
      {loose.length > 0 && (
        <ul className={conditionClasses.faults}>
          {loose.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      <h4 className={classes.part}>When</h4>
      <ConditionRows
        place={{ kind: "case", name: one.name, field: "when" }}
        condition={one.when}
        node={standing?.node}
        onChange={(when) => edit({ when })}
      />
      <TimeFields one={one} index={index} />
      <ThenFields one={one} index={index} />
      <details className={classes.more}>
        <summary>Money, effects, order and more</summary>
        <MoreFields one={one} index={index} />
      </details>
    </section>
  );
}

function CaseTools({ one, index }: { one: CaseModel; index: number }) {
  const { store, policy, readOnly } = useStudio();
  const shift = (by: -1 | 1) =>
    store.edit((before) => ({ ...before, cases: withShifted(before.cases, index, by) }), "");
  return (
    <span>
      <ActionIcon
        variant="subtle"
        size={24}
        aria-label={`Try case ${one.name} earlier`}
        disabled={readOnly || index === 0}
        onClick={() => shift(-1)}
      >
        <IconArrowUp size={15} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={24}
        aria-label={`Try case ${one.name} later`}
        disabled={readOnly || index === policy.cases.length - 1}
        onClick={() => shift(1)}
      >
        <IconArrowDown size={15} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={24}
        aria-label={`Remove case ${one.name}`}
        disabled={readOnly || policy.cases.length === 1}
        onClick={() => store.edit((before) => ({ ...before, cases: before.cases.toSpliced(index, 1) }))}
      >
        <IconTrash size={15} stroke={1.6} />
      </ActionIcon>
    </span>
  );
}
