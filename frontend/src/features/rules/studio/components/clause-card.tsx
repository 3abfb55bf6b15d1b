import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { ClauseModel } from "../../api/studio-types";
import { ConditionRows } from "./condition-rows";
import { TextField } from "./field";
import classes from "./studio.module.css";
import { useStudio } from "./studio-context";

/** A named condition that cases are made of. */
export function ClauseCard({ one, index }: { one: ClauseModel; index: number }) {
  const { store, live, readOnly } = useStudio();
  const edit = (change: Partial<ClauseModel>) =>
    store.edit(
      (policy) => ({
        ...policy,
        clauses: policy.clauses.map((each, at) => (at === index ? { ...each, ...change } : each)),
      }),
      `clause:${index}:${Object.keys(change).join()}`,
    );
  const at = (field: string) => ({ kind: "clause" as const, name: one.name, field });
  const title = one.title || one.name;
  return (
    <section className={classes.card} aria-label={`Named condition ${title}`} data-place={`clause ${one.name}/`}>
      <div className={classes.cardHead}>
        <h3 className={classes.cardTitle}>{title}</h3>
        <ActionIcon
          variant="subtle"
          size={24}
          aria-label={`Remove named condition ${title}`}
          disabled={readOnly}
          onClick={() => store.edit((policy) => ({ ...policy, clauses: policy.clauses.toSpliced(index, 1) }))}
        >
          <IconTrash size={15} stroke={1.6} />
        </ActionIcon>
      </div>
      <ConditionRows
        place={at("when")}
        condition={one.when}
        node={live?.clauses.find(({ name }) => name === one.name)?.node}
        onChange={(when) => edit({ when })}
      />
      <details className={classes.more}>
        <summary>Name and words</summary>
        <div className={classes.fields}>
          <TextField
            place={at("name")}
            label="Name"
            value={one.name}
            onChange={(name) => edit({ name: name.toLowerCase().replaceAll(/\W+/g, "_") })}
          />
          <TextField place={at("title")} label="Title" value={one.title} onChange={(text) => edit({ title: text })} />
          <div className={classes.wide}>
            <TextField
              place={at("words")}
              label="In words"
              description="{is} becomes is or is not"
              value={one.words}
              onChange={(words) => edit({ words })}
            />
          </div>
        </div>
      </details>
    </section>
  );
}
