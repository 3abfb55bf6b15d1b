import { Checkbox, MultiSelect } from "@mantine/core";
import { problemsAt } from "../logic/problems";
import { ConditionRows } from "./condition-rows";
import conditionClasses from "./conditions.module.css";
import { ChoiceField, DaysField, TextField } from "./field";
import classes from "./studio.module.css";
import { useEditPolicy, useStudio } from "./studio-context";

const at = (field: string) => ({ kind: "" as const, name: "", field });

const stages = [
  { value: "propose", label: "Proposes decisions" },
  { value: "guard", label: "Guard: holds others back" },
];

/** What the policy is called, what it looks at, and which of those. */
export function PolicyHead() {
  const { policy, vocabulary, live, problems, store } = useStudio();
  const edit = useEditPolicy();
  const loose = problemsAt(problems, at(""));
  const subjects = (vocabulary?.subjects ?? []).map(({ kind, title }) => ({ value: kind, label: title }));
  return (
    <section aria-label="Policy" data-place="/">
      <div className={classes.fields}>
        <div className={classes.wide}>
          <TextField place={at("title")} label="Title" value={policy.title} onChange={(title) => edit({ title })} />
        </div>
        <TextField
          place={at("name")}
          label="Name"
          description={store.fresh ? "lower case, without spaces" : "renamed, it is another policy"}
          value={policy.name}
          onChange={(name) => edit({ name: name.replaceAll(/[\s:/]+/g, "_") })}
        />
        <ChoiceField
          place={at("subject")}
          label="Looks at each"
          description="conditions read its facts"
          data={subjects}
          value={policy.subject}
          onChange={(subject) => edit({ subject })}
        />
        <ChoiceField
          place={at("stage")}
          label="Kind"
          description="guards are asked first"
          data={stages}
          value={policy.stage === "" ? "propose" : policy.stage}
          onChange={(stage) => edit({ stage })}
        />
        <TextField
          place={at("topic")}
          label="Topic"
          description="to list it under"
          value={policy.topic}
          onChange={(topic) => edit({ topic })}
        />
      </div>
      {loose.length > 0 && (
        <ul className={conditionClasses.faults}>
          {loose.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      <h3 className={classes.part}>Only where</h3>
      <ConditionRows
        place={at("scope")}
        condition={policy.scope}
        node={live?.scope}
        onChange={(scope) => edit({ scope })}
      />
      <details className={classes.more}>
        <summary>Description, data it accepts, source</summary>
        <MorePolicy />
      </details>
    </section>
  );
}

function MorePolicy() {
  const { policy, vocabulary, readOnly } = useStudio();
  const edit = useEditPolicy();
  const facts = (vocabulary?.facts ?? []).map(({ name, title }) => ({ value: name, label: title }));
  const stale = policy.accepts_stale.filter((name) => !facts.some(({ value }) => value === name));
  return (
    <div className={classes.fields}>
      <div className={classes.wide}>
        <TextField
          place={at("description")}
          label="Description"
          lines={2}
          value={policy.description}
          onChange={(description) => edit({ description })}
        />
      </div>
      <div className={classes.wide}>
        <TextField
          place={at("otherwise")}
          label="When no case holds"
          value={policy.otherwise}
          onChange={(otherwise) => edit({ otherwise })}
        />
      </div>
      <MultiSelect
        size="xs"
        label="Accepts data that is"
        data={[
          { value: "settling", label: "settling" },
          { value: "stale", label: "stale" },
        ]}
        value={policy.accepts}
        disabled={readOnly}
        onChange={(accepts) => edit({ accepts })}
      />
      <DaysField
        place={at("min_age")}
        label="Data must be this old"
        value={policy.min_age}
        max={30}
        onChange={(min_age) => edit({ min_age })}
      />
      <DaysField
        place={at("priority")}
        label="Priority"
        unit="points"
        value={policy.priority}
        max={1000}
        onChange={(priority) => edit({ priority })}
      />
      {policy.stage === "guard" && (
        <ChoiceField
          place={at("unknown")}
          label="When it cannot tell"
          data={[
            { value: "hold", label: "hold back" },
            { value: "pass", label: "let pass" },
          ]}
          value={policy.unknown === "" ? "hold" : policy.unknown}
          onChange={(unknown) => edit({ unknown })}
        />
      )}
      <MultiSelect
        className={classes.wide}
        size="xs"
        label="Facts that count even when stale"
        data={[...facts, ...stale.map((value) => ({ value, label: value }))]}
        value={policy.accepts_stale}
        searchable
        limit={60}
        disabled={readOnly}
        onChange={(accepts_stale) => edit({ accepts_stale })}
      />
      <TextField place={at("source")} label="Source" value={policy.source} onChange={(source) => edit({ source })} />
      <TextField
        place={at("date")}
        label="As of"
        placeholder="YYYY-MM-DD"
        value={policy.date}
        onChange={(date) => edit({ date })}
      />
      <Checkbox
        className={classes.wide}
        label="Begins switched off"
        checked={policy.off}
        onChange={(event) => edit({ off: event.currentTarget.checked })}
      />
    </div>
  );
}
